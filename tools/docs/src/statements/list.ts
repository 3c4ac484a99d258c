import type { Line } from "../page/item.ts";

const WORD = "[A-Za-z0-9_][\\w.+\\-/]{0,100}";
/** An item of a list within a line: a value, perhaps with its meaning behind it. */
const ITEM = new RegExp(`^(?:"([^"]{1,100})"|'([^']{1,100})'|(${WORD}))\\s?(?:[:(=].{0,300})?$`);
/** What a bullet begins with if it explains a value. */
const BULLET = new RegExp(
  `^(?:值为|取值为|当?取值为)?\\s?(?:"([^"]{1,100})"|'([^']{1,100})'|(${WORD}(?: [A-Z]{2,}[\\w-]{0,40})?))\\s?(?:[:(=]|,\\s?(?:表示|代表|indicat|means|which|the\\b|that\\b)|表示|代表|指|[-–—]\\s|indicates?\\b|means?\\b|represents?\\b|。?$|[.,;]?$)`,
);

const MIME = /^["']?([a-z]{1,20}\/[\w.+-]{1,60};\s?charset=[\w-]{1,20})["']?/i;

/** The values of a list in one line: `A,B,C`, `10、20、50`, `["cron","event"]`. Nothing if it is no list of values. */
export function inlineList(text: string, atLeast = 2): string[] | undefined {
  // The semicolon belongs to the value.
  const [, mime] = MIME.exec(text) ?? [];
  if (mime !== undefined) return atLeast > 1 ? undefined : [mime];
  const sentence = firstSentence(text)
    .replace(/^[[({]/, "")
    .replace(/[\])}]$/, "");
  const parts = sentence.split(/[,、;|]|\s?(?:或者|或|和|\bor\b|\band\b)\s?/).map((part) => part.trim());
  const values = parts.filter((part) => part !== "").map(itemOf);
  if (values.length < atLeast || values.some((value) => value === undefined)) return undefined;
  return values.filter((value) => value !== undefined);
}

function itemOf(part: string): string | undefined {
  const match = ITEM.exec(part.replace(/等$/, ""));
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** The value that a bullet explains: `X:meaning`, `"X"表示…`, `X, indicating …`, or `X` alone. */
export function bulletValue({ text }: Pick<Line, "text">): string | undefined {
  const match = BULLET.exec(text.length > 400 ? text.slice(0, 400) : text);
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.replace(/[.]$/, "");
}

/** Up to the end of the first sentence. A point within a value, as in `1.0`, does not end one. */
export function firstSentence(text: string): string {
  const end = /。|\.(?=\s|$)|\s(?=[^\s,、|]{0,20}(?:默认|注意|说明))/.exec(text);
  return (end === null ? text : text.slice(0, end.index)).trim();
}
