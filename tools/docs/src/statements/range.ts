/** Bounds that a text states. */
export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

// Every repetition is bounded: digits without end must not cost more than their number.
const NUMBER = "-?\\d{1,19}(?:\\.\\d{1,10})?";
const TO = "\\s?(?:-|~|–|—|至|到|\\bto\\b|\\band\\b)\\s?";
const UNIT = "\\s?(?:个|位)?(?:(?:unicode|utf-8|ascii)\\s?)?(?:字符|字节|characters?|chars|bytes?|位)";
const BRACKETS = new RegExp(`^[\\[(]\\s?(${NUMBER})\\s?[,~-]\\s?(${NUMBER})\\s?[\\])](${UNIT})?`, "i");
const RANGE = new RegExp(
  `^(?:from |between |为)?(${NUMBER})${TO}(${NUMBER})(?![\\w.]*[a-z-]\\d)(${UNIT})?`,
  "i",
);
const OPEN = new RegExp(`^(${NUMBER})${TO}(?:intmax|int_max|max)`, "i");

/** `0 to 2,000`: a comma within a number. */
const GROUPED = new RegExp(`^(${NUMBER}${TO}\\d{1,3})((?:,\\d{3}){1,5})(?![\\d,])`, "i");

/** A text that begins with a range: `0-2000`, `[1,100]`, `1 to 64 characters`. */
export function rangeAt(stated: string): Bounds | undefined {
  const text = stated.replace(
    GROUPED,
    (_, range: string, groups: string) => range + groups.replaceAll(",", ""),
  );
  const [, low, high, unit] = BRACKETS.exec(text) ?? RANGE.exec(text) ?? [];
  if (low !== undefined && high !== undefined) {
    return unit === undefined
      ? { minimum: Number(low), maximum: Number(high) }
      : { minLength: Number(low), maxLength: Number(high) };
  }
  const [, from] = OPEN.exec(text) ?? [];
  return from === undefined ? undefined : { minimum: Number(from) };
}

const MAX_WORDS =
  "不超过|不能超过|最大|最长|最多|小于等于|不大于|up to|at most|no more than|not exceed|maximum of|max(?:imum)?";
const LENGTH_RANGE = new RegExp(
  `(?:长度|length)[^\\d。;.,]{0,20}?(\\d{1,9})\\s?(?:个?字符)?${TO}(\\d{1,9})|(?<!\\d)(\\d{1,9})${TO}(\\d{1,9})(?=${UNIT})`,
  "i",
);
const LENGTH_MAX = new RegExp(
  `(?:长度|length)[^\\d。;.,]{0,20}?(?:${MAX_WORDS})[^\\d。;.,]{0,8}?(\\d{1,9})|(?:${MAX_WORDS})\\s?(?:a )?(\\d{1,9})(?=${UNIT})|(?<![\\d-])(\\d{1,9})个?(?:字符|字节)(?:以内|之内)`,
  "i",
);
const LENGTH_EXACT =
  /(?:长度(?:固定)?\s?(?:为|是|:)?|length (?:is|of)|consists? of|contains?|must be)\s?(\d{1,9})(?!\d)\s?(?:个|位)?(?:(?:unicode|utf-8|ascii)\s?)?(?:字符|字节|characters?|chars|,|,|。|$)/i;

/** Lengths that a sentence states. */
export function lengthsIn(text: string): Bounds {
  const range = LENGTH_RANGE.exec(text);
  if (range !== null) {
    return { minLength: Number(range[1] ?? range[3]), maxLength: Number(range[2] ?? range[4]) };
  }
  const most = LENGTH_MAX.exec(text);
  if (most !== null) return { maxLength: Number(most[1] ?? most[2] ?? most[3]) };
  const [, exactly] = LENGTH_EXACT.exec(text) ?? [];
  return exactly === undefined ? {} : { minLength: Number(exactly), maxLength: Number(exactly) };
}

const MAXIMUM = new RegExp(
  `(?:最大(?:值)?(?:为|是|:)|maximum(?: value)?(?: is|:| of)|小于等于|不大于|不能大于|≤|<=|less than or equal to|no greater than)\\s?(${NUMBER})(?!\\d)(?!${UNIT})`,
  "i",
);
const MINIMUM = new RegExp(
  `(?:最小(?:值)?(?:为|是|:)|起始值\\s?(?:为|是|从|:)|\\bstart(?:ing)? value(?: is|:)|\\bpages? (?:numbers? )?starts? (?:from|at)(?: page)?|minimum(?: value)?(?: is|:| of)|大于等于|不小于|不能小于|≥|>=|greater than or equal to|no less than)\\s?(${NUMBER})(?!\\d)(?!${UNIT})`,
  "i",
);
/** "取值范围为0~intmax", "Range 1–100", "The value ranges from 1 to 100". */
const RANGE_WORDS =
  /(?:取值(?:范围)?(?:为|是|:)|范围(?:为|是|:)|\branges? (?:is |from |between )?|\branging (?:from |between )|\bintegers? (?:ranging )?(?:from |between )|\bvalue range(?: is|:)?|valid values?(?: are|:)?)\s?(?=[[(\d-])/gi;

/** Bounds of a number that a sentence states. */
export function boundsIn(text: string): Bounds {
  for (const match of text.matchAll(RANGE_WORDS)) {
    const range = rangeAt(text.slice(match.index + match[0].length, match.index + match[0].length + 80));
    if (range !== undefined) return range;
  }
  const low =
    MINIMUM.exec(text)?.[1] ??
    (/不能为负数|不为负数|非负整数|must not be negative|non-negative/i.test(text) ? "0" : undefined);
  const high = MAXIMUM.exec(text)?.[1];
  return {
    ...(low === undefined ? {} : { minimum: Number(low) }),
    ...(high === undefined ? {} : { maximum: Number(high) }),
  };
}
