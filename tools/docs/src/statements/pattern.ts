/** Times as pages write their form: `yyyy-MM-dd'T'HH:mm:ss`, `yyyy-mm-ddThh:mm:ssZ`. */
const TIME = /yyyy-mm-dd(['"]?T['"]?|\s)hh:mm:ss(\.s{1,6}|\.S{1,6})?(Z|'Z'|"Z")?/i;
/** An offset from UTC in the text beside it: the Z of its form stands for one. */
const OFFSET = /[+-]\d{4}(?!\d)/;

const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:小写(?:英文)?字母|lowercase letters)$/i, "a-z"],
  [/^(?:大写(?:英文)?字母|uppercase letters)$/i, "A-Z"],
  [/^(?:大小写字母|英文字母|字母|letters)$/i, "A-Za-z"],
  [/^(?:数字|digits|numbers)$/i, "0-9"],
  [/^(?:下划线|underscores?)(?:\(_\))?$/i, "_"],
  [/^(?:中划线|连字符|hyphens?)(?:\(-\))?$/i, "-"],
];
const MADE_OF = /由([^。;]{1,60}?)组成|(?:consists? of|contains?)(?: only)?(?: \d{1,6})? ([^.;]{1,80})/i;

/** The form that a text demands of a string, as a regular expression; nothing if it states none that is known. */
export function patternIn(text: string, length: number | undefined): string | undefined {
  const time = TIME.exec(text);
  if (time !== null) return timePattern(text, time);
  if (/必须为数字|只能为数字|must be (?:a number|digits)/i.test(text)) return "^\\d+$";
  const [, chinese, english] = MADE_OF.exec(text) ?? [];
  const words = (chinese ?? english ?? "").split(/[,、]|和|\band\b/).map((word) => word.trim());
  const classes = words
    .filter((word) => word !== "")
    .map((word) => CLASSES.find(([name]) => name.test(word))?.[1]);
  if (classes.length === 0 || classes.some((found) => found === undefined)) return undefined;
  const times = length === undefined ? "+" : `{${length}}`;
  // The hyphen stands last, where it is no range.
  const set = classes
    .toSorted((a, b) => Number(a === "-") - Number(b === "-") || order(a) - order(b))
    .join("");
  return `^[${set}]${times}$`;
}

const order = (found: string | undefined): number =>
  ["A-Z", "A-Za-z", "a-z", "0-9", "_", "-"].indexOf(found ?? "");

function timePattern(text: string, [, separator = "T", fraction, zone]: RegExpExecArray): string {
  const zoned = zone === undefined ? "" : /['"]/.test(zone) || !OFFSET.test(text) ? "Z" : "[+-]\\d{4}";
  const between = separator.trim() === "" ? " " : "T";
  const fractional = fraction === undefined ? "" : `\\.\\d{${fraction.length - 1}}`;
  return `^\\d{4}-\\d{2}-\\d{2}${between}\\d{2}:\\d{2}:\\d{2}${fractional}${zoned}$`;
}
