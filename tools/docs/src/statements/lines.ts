import type { Note } from "../facts.ts";
import type { Line } from "../page/item.ts";
import { plain } from "../page/normalise.ts";

/** A sentence that long holds no constraint; a hostile one must not cost time. */
const LONGEST = 4_000;

/** The lines of a description as they are read. */
export function plainLines(description: readonly Line[], notes: Note[]): Line[] {
  let above = 0;
  return description.map((line) => {
    // What is indented below a bullet belongs to it.
    const bullet = line.bullet === 0 && above > 0 && /^\s{3}/.test(line.text) ? above + 1 : line.bullet;
    if (line.bullet > 0 || bullet === 0) above = line.bullet;
    if (line.text.length > LONGEST)
      notes.push({
        line: line.line,
        message: `only the first ${LONGEST} of ${line.text.length} characters are read`,
      });
    return { ...line, bullet, text: withoutIndex(plain(line.text.slice(0, LONGEST))) };
  });
}

/** In `Tag.N.Key` the bounds of N are those of a number in the name, not of the value. */
const withoutIndex = (text: string): string =>
  text.replace(
    /(?:\bN\s?的?取值范围?|\bvalid values? of N|\bN can be|\bvalue of N ranges)\s?(?:为|是|from|:)?[^。;.]{0,40}(?:[。;.]|$)/gi,
    "",
  );
