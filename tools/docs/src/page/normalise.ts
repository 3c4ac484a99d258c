/** The marks that come and go between renderings of the same page: invisible characters, the sign of a permanent link. */
const INVISIBLE = /[\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad]|¶(?=[^\S\n]*$)/gm;

/**
 * The form in which lines are compared: live pages use full-width punctuation and no-break spaces, saved ones do not.
 * The number of lines stays the same.
 */
export const normalise = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(/[“”„「」]/g, '"')
    .replace(/[‘’]/g, "'");

/** The lines of a text, however they end. */
export const linesOf = (text: string): string[] => normalise(text).split(/\r\n|\r|\n/);

/** One line of prose: without emphasis and repeated spaces. */
export const plain = (text: string): string =>
  text.replaceAll("**", "").replaceAll("`", "").replace(/\s+/g, " ").trim();
