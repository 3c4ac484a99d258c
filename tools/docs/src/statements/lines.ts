import type { Note } from "../facts.ts";
import type { Line } from "../page/item.ts";
import { plain } from "../page/normalise.ts";

/** A sentence that long holds no constraint; a hostile one must not cost time. */
const LONGEST = 4_000;

/** The lines of a description as they are read. */
export function plainLines(description: readonly Line[], notes: Note[]): Line[] {
  return description.map((line) => {
    if (line.text.length > LONGEST)
      notes.push({
        line: line.line,
        message: `only the first ${LONGEST} of ${line.text.length} characters are read`,
      });
    return { ...line, text: withoutIndex(plain(line.text.slice(0, LONGEST))) };
  });
}

/** In `Tag.N.Key` the bounds of N are those of a number in the name, not of the value. */
const withoutIndex = (text: string): string =>
  text.replace(
    /(?:\bN\s?的?取值范围?|\bvalid values? of N|\bN can be|\bvalue of N ranges)\s?(?:为|是|from|:)?[^。;.]{0,40}(?:[。;.]|$)/gi,
    "",
  );
