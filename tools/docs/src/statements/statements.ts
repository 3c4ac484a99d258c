import type { Constraints, Fact, Kind, Note, Type, Value } from "../facts.ts";
import type { Line } from "../page/item.ts";
import { saysNothing } from "../page/words.ts";
import { defaultIn, isDefault, typedValue, withoutSentence } from "./default.ts";
import { lineWith, type Mutable, readForm } from "./form.ts";
import { type Part, partsOf, type Topic } from "./label.ts";
import { plainLines } from "./lines.ts";
import { bulletValue, firstSentence, inlineList } from "./list.ts";
import { patternIn } from "./pattern.ts";
import { type Bounds, boundsIn, lengthsIn, rangeAt } from "./range.ts";
import { requiresIn } from "./requires.ts";

/** What a description says about values, and what of it was not understood. */
export interface Statements extends Constraints {
  readonly notes: readonly Note[];
}

/** Reads a description. */
export function statementsOf(description: readonly Line[], type: Type): Statements {
  const notes: Note[] = [];
  const lines = plainLines(description, notes);
  const found: Mutable<Constraints> = {};
  // Items of a list have the constraints that the list's description states.
  const kind = type.kind === "array" ? (type.items?.kind ?? "any") : type.kind;
  const reader = new Reader(found, notes, kind);
  for (const part of partsOf(lines.filter(({ text }) => text !== ""))) reader.read(part);
  const all = lines.map(({ text }) => text).join("\n");
  if (kind === "string") readForm(found, lines, all);
  const others = requiresIn(all);
  const [first] = lines;
  if (first !== undefined && others.length > 0)
    found.requires = { value: others, at: lineWith(lines, others[0] ?? "") };
  return { ...found, notes };
}

/** What introduces a list of values or a range in prose. */
const LEAD_IN =
  /(?:取值范围(?:有|为|包括|如下|是)?|可?取值(?:有|为|包括|如下|是)?|可选值(?:有|为)?|支持的[^\s,。:;]{0,10}(?:为|有|包括)|(?:目前)?支持以下取值|可以取值(?:为)?|有效值(?:为)?|枚举值(?:为|有)?|\b(?:valid|possible|supported|enumerated|enumeration|available|allowed|optional|the) values?(?: are| include| can be| is)?(?: as follows)?|\b(?:value )?options(?: are| include)?(?: as follows)?|\bcan be(?: one of)?(?: the following)?(?: values)?|\bone of the following(?: values)?|\bvalues?(?: range)?(?: is|:))\s?(:|(?=["'[\dA-Za-z-]))\s?/gi;

class Reader {
  readonly #found: Mutable<Constraints>;
  readonly #notes: Note[];
  readonly #kind: Kind;

  constructor(found: Mutable<Constraints>, notes: Note[], kind: Kind) {
    this.#found = found;
    this.#notes = notes;
    this.#kind = kind;
  }

  read({ topic, lines, line }: Part): void {
    const [first] = lines;
    if (first === undefined && topic === "enum")
      this.#notes.push({ line, message: "values are announced, and none is there" });
    if (first === undefined || (lines.length === 1 && saysNothing(first.text))) return;
    switch (topic) {
      case "range":
      case "enum":
        this.#values(lines, topic);
        break;
      case "default":
        this.#default(first);
        for (const line of lines) this.#prose(line, "default");
        break;
      case "items":
        this.#items(first);
        break;
      case "pattern":
        this.#found.pattern ??= { value: first.text.replace(/^"(.+)"[。.]?$/, "$1"), at: first.line };
        break;
      case "minimum":
      case "maximum":
      case "minLength":
      case "maxLength":
        this.#bound(first, topic);
        for (const line of lines.slice(1)) this.#prose(line, topic);
        break;
      default:
        lines.forEach((line, index) => {
          this.#prose(line, topic);
          if (topic !== "constraints" && line.bullet === 0 && !this.#leadIns(lines, index))
            this.#unannounced(lines, index);
        });
    }
  }

  /** Under a label of its own, for strings: a bound of the length. */
  #bound(line: Line, topic: "minimum" | "maximum" | "minLength" | "maxLength"): void {
    const value = typedValue(firstSentence(line.text).replace(/[,;、]$/, ""), "number");
    if (typeof value !== "number") {
      this.#notes.push({ line: line.line, message: `${topic}: "${short(line.text)}" is no number` });
      return;
    }
    const isLength = this.#kind === "string" && (topic === "minimum" || topic === "maximum");
    this.#bounds({ [isLength ? topic.replace("imum", "Length") : topic]: value }, line.line);
  }

  /** How long a list may be. */
  #items({ text, line }: Line): void {
    const { minimum, maximum } = rangeAt(text) ?? {};
    if (minimum === undefined || maximum === undefined)
      this.#notes.push({ line, message: `length of the list: "${short(text)}"` });
    else {
      this.#found.minItems ??= { value: minimum, at: line };
      this.#found.maxItems ??= { value: maximum, at: line };
    }
  }

  #default(line: Line): void {
    const text = line.text.replace(/[。.;]$/, "").trim();
    if (saysNothing(text)) return;
    const [, quoted, bare] =
      /^(?:"([^"]{0,100})"|([^\s,。;(]{1,100}(?:;charset=[\w-]{1,20})?))/.exec(text) ?? [];
    const word = quoted ?? (bare && withoutSentence(bare).replace(/[:.]$/, ""));
    if (word === "null") return;
    const isValue =
      word !== undefined && (quoted !== undefined || /^[\w.+\-:/]+(?:;charset=[\w-]+)?$/.test(word));
    const value = isValue ? typedValue(word, this.#kind) : undefined;
    if (value !== undefined) this.#set("default", value, line.line);
    else this.#notes.push({ line: line.line, message: `default: "${short(text)}" is no value of this type` });
  }

  /** What stands under "value range". */
  #values(lines: readonly Line[], topic: Topic): void {
    const [first] = lines;
    if (first === undefined) return;
    if (first.bullet > 0) {
      this.#bullets(lines);
      return;
    }
    // One value a line, each with its meaning behind it.
    const isColumn = rangeAt(first.text) === undefined && inlineList(first.text, 1)?.length === 1;
    if (isColumn && lines.length > 1 && lines.every((line) => bulletValue(line) !== undefined)) {
      this.#bullets(lines);
      return;
    }
    const understood = this.#valuesAt(first, topic === "enum" || this.#kind === "string" ? 1 : 2);
    for (const line of lines) if (line.bullet === 0) this.#prose(line, topic);
    const bullets = lines.slice(1).filter(({ bullet }) => bullet > 0);
    if (bullets.length > 0) this.#bullets(bullets);
    else if (!understood) this.#columns(lines);
  }

  /** Values one a line, where a rendering has lost the bullets. */
  #columns(lines: readonly Line[]): void {
    if (lines.length > 1 && lines.every((line) => bulletValue(line) !== undefined)) this.#bullets(lines);
    else if (!hasStatement(lines)) {
      const [first] = lines;
      if (first !== undefined)
        this.#notes.push({ line: first.line, message: `values: "${short(first.text)}"` });
    }
  }

  /** A range or a list that a line begins with. */
  #valuesAt({ text, line }: Line, atLeast: number): boolean {
    if (this.#kind === "boolean") return true;
    const range = rangeAt(text);
    if (range !== undefined) {
      this.#bounds(range, line);
      return true;
    }
    const single = /^(?:值|取值)为/.test(text) ? bulletValue({ text }) : undefined;
    const list = single === undefined ? inlineList(text, atLeast) : [single];
    if (list === undefined || list.every((value) => saysNothing(value))) return false;
    return this.#enum(list, line);
  }

  #bullets(all: readonly Line[]): void {
    const lines = all.some(({ bullet }) => bullet > 0) ? all.filter(({ bullet }) => bullet > 0) : all;
    const depth = Math.min(...lines.map(({ bullet }) => bullet));
    const bullets = lines.filter(({ bullet }) => bullet === depth);
    const values = bullets.map(bulletValue);
    const known = values.filter((value) => value !== undefined);
    const [first] = bullets;
    if (first === undefined) return;
    if (known.length === 0 || this.#kind === "boolean") {
      for (const line of lines) this.#prose(line, "range");
      if (
        this.#kind !== "boolean" &&
        !bullets.some((each) => rangeAt(each.text) !== undefined || hasStatement([each]))
      )
        this.#notes.push({ line: first.line, message: `no values: "${short(first.text)}" …` });
      for (const line of bullets) {
        const range = this.#kind === "boolean" ? undefined : rangeAt(line.text);
        if (range !== undefined) this.#bounds(range, line.line);
      }
      return;
    }
    this.#enum(known, first.line);
    bullets.forEach((line, index) => {
      const value = values[index];
      const typed = value === undefined ? undefined : typedValue(value, this.#kind);
      if (typed !== undefined && isDefault(line.text)) this.#set("default", typed, line.line);
      if (values[index] === undefined)
        this.#notes.push({ line: line.line, message: `among values, but none: "${short(line.text)}"` });
    });
  }

  #prose(line: Line, topic: Topic): void {
    const { text } = line;
    const stated = topic === "default" ? undefined : defaultIn(text);
    if (stated !== undefined && !saysNothing(stated)) {
      const value = typedValue(stated, this.#kind);
      if (value === undefined)
        this.#notes.push({
          line: line.line,
          message: `default: "${short(stated)}" is no value of this type`,
        });
      else this.#set("default", value, line.line);
    }
    if (this.#kind === "boolean" || this.#kind === "object") return;
    if (this.#kind === "string") this.#bounds(lengthsIn(text), line.line);
    const bounds = boundsIn(text);
    // "Not negative" of a string is said of its digits.
    if (this.#kind === "string" && bounds.maximum === undefined && bounds.minimum === 0) return;
    this.#bounds(bounds, line.line);
  }

  /** Whether something introduces values here. */
  #leadIns(lines: readonly Line[], index: number): boolean {
    const line = lines[index];
    if (line === undefined) return false;
    for (const match of line.text.matchAll(LEAD_IN)) {
      // "such as", in front of it: no list of all values.
      if (EXAMPLES.test(line.text.slice(0, match.index))) return true;
      const rest = line.text.slice(match.index + match[0].length);
      if (rest.trim() !== "") {
        if (this.#valuesAt({ ...line, text: rest }, 2)) return true;
        continue;
      }
      const bullets = bulletsBehind(lines, index);
      if (match[1] === ":" && bullets.length > 0) this.#bullets(bullets);
      return true;
    }
    return false;
  }

  /** Bullets that explain values, with nothing that calls them so: only if every one does, and the form leaves no doubt. */
  #unannounced(lines: readonly Line[], index: number): void {
    const bullets = bulletsBehind(lines, index).filter(({ bullet }) => bullet === 1);
    const isNumber = this.#kind === "integer" || this.#kind === "number";
    const text = lines[index]?.text ?? "";
    // Words in capitals are values; other words are, where a colon says that something follows.
    const isConstant = bullets.every((bullet) => /^[A-Z][A-Z\d_]{1,60}\s?(?::|$)/.test(bullet.text));
    const isLead = isNumber || (this.#kind === "string" && (/:$/.test(text) || isConstant));
    if (bullets.length < 2 || NO_VALUES.test(text.split(/[。;]|\.\s/).at(-1) ?? "")) return;
    const [first] = bullets;
    if (first === undefined || !bullets.every((bullet) => explainsValue(bullet, isNumber))) return;
    if (isLead) this.#bullets(bullets);
    else if (this.#kind === "string")
      this.#notes.push({ line: first.line, message: `these may be its values: "${short(first.text)}" …` });
  }

  #enum(values: readonly string[], at: number): boolean {
    if (values.every((value) => /^(?:true|false)$/i.test(value)) && this.#kind !== "string") return false;
    const typed = values.map((value) => typedValue(value, this.#kind));
    if (typed.some((value) => value === undefined)) return false;
    const known = this.#found.enum?.value ?? [];
    const all = [...new Set([...known, ...typed.filter((value) => value !== undefined)])];
    this.#found.enum = { value: all, at: this.#found.enum?.at ?? at };
    return true;
  }

  #bounds(bounds: Bounds, at: number): void {
    for (const name of ["minimum", "maximum", "minLength", "maxLength"] as const) {
      const value = bounds[name];
      if (value !== undefined) this.#set(name, value, at);
    }
  }

  /** The first statement counts; another one that contradicts it is told. */
  #set(name: "default", value: Value, at: number): void;
  #set(name: keyof Bounds, value: number, at: number): void;
  #set(name: "default" | keyof Bounds, value: Value, at: number): void {
    const known: Fact<Value> | undefined = this.#found[name];
    if (known === undefined) Object.assign(this.#found, { [name]: { value, at } });
    else if (known.value !== value)
      this.#notes.push({
        line: at,
        message: `${name}: ${value} contradicts ${known.value} in line ${known.at}`,
      });
  }
}

/** What follows is an example. */
const EXAMPLES = /(?:例如|比如|如|e\.g\.|for example,?|such as)\s?$/i;

/** What bullets follow that are no values. */
const NO_VALUES =
  /例|如下|参数|字段|包含|格式|要求|规则|注意|说明|约束|限制|场景|条件|步骤|组成|若|如果|example|e\.g|such as|parameter|field|contain|include|consist|format|require|rule|note|constraint|restrict|scenario|condition|step|\bif\b|\bwhen\b|following/i;

/** Numbers have their meaning behind them; words may stand alone. */
const explainsValue = (line: Line, isNumber: boolean): boolean =>
  isNumber
    ? /^-?\d{1,9}\s?(?:[:=]|-\s|表示|代表|indicates?\b)/.test(line.text)
    : /^[A-Za-z][\w.-]{0,60}\s?(?:\([^()]{1,20}\)\s?)?(?::\s?\S|$)/.test(line.text);

/** The bullets directly below a line. */
function bulletsBehind(lines: readonly Line[], index: number): readonly Line[] {
  let end = index + 1;
  while ((lines[end]?.bullet ?? 0) > 0) end++;
  return lines.slice(index + 1, end);
}

const hasStatement = (lines: readonly Line[]): boolean =>
  lines.every(
    ({ text }) =>
      saysNothing(text) ||
      Object.keys({ ...lengthsIn(text), ...boundsIn(text) }).length > 0 ||
      patternIn(text, undefined) !== undefined,
  );

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
