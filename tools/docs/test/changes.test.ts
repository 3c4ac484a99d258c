import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "./support/repository.ts";

const ELB = "specs/huaweicloud/elb.yaml";

/** What is told of an edit of ELB's specification. */
test.each([
  ["a higher maximum", /maximum: 2000/, "maximum: 3000", "minor", "query.limit.maximum: 2000 → 3000"],
  [
    "a lower maximum",
    /maximum: 2000, default: 2000/,
    "maximum: 1000, default: 1000",
    "major",
    "query.limit.maximum: 2000 → 1000",
  ],
  ["another default", /default: 2000/, "default: 100", "minor", "query.limit.default: 2000 → 100"],
  [
    "a parameter less",
    /\n {8}- name: error_code\n.*\n.*\n.*\n/,
    "\n",
    "major",
    "query.error_code is gone (was string)",
  ],
  [
    "a required parameter",
    /(name: job_type\n {10}in: query\n)/,
    "$1          required: true\n",
    "major",
    "query.job_type.required: no → yes",
  ],
  [
    "a field's type",
    /(current_count:\n {10}type:) integer/,
    "$1 number",
    "major",
    "PageInfo.current_count: integer → number",
  ],
  [
    "a value more",
    /(ROLLBACK_FAIL, )(CANCEL\]\n\n)/,
    "$1DONE, $2",
    "minor",
    "query.status.enum: also `DONE`",
    /(succeeded: \[)/,
    "$1DONE, ",
  ],
  [
    "a value less",
    /, CANCEL\]\n\n/,
    "]\n\n",
    "major",
    "query.status.enum: without `CANCEL`",
    / {10}cancelled: \[CANCEL\]\n/,
    "",
  ],
  ["another form", /\\d\{2\}\$'/, "\\d{2}Z$$'", "major", "query.begin_time.pattern"],
  ["other words", /Lists asynchronous jobs\./, "Lists jobs.", "patch", "Descriptions and examples"],
])("%s", { timeout: 30_000 }, async (_, find, put, bump, text, ...more) => {
  const { folder, write, docs } = repository();
  const [also, instead] = more;
  const source = readFileSync(join(folder, ELB), "utf8");
  const edited = source.replace(find, put);
  expect(edited).not.toBe(source);
  write(ELB, also instanceof RegExp ? edited.replace(also, String(instead)) : edited);
  const { code, out, err } = await docs("changes", "--output", "-");
  expect({ code, err, out }).toMatchObject({ code: 0, err: "" });
  expect(out.split("\n")[0]).toBe(`@typedcloud/huaweicloud-elb: ${bump}`);
  expect(out).toContain(text);
});

test("nothing changed: nothing is written", { timeout: 30_000 }, async () => {
  const { git, docs } = repository();
  expect(await docs("changes")).toMatchObject({
    code: 0,
    out: "nothing that users see has changed since HEAD",
  });
  expect(git("status", "--porcelain")).toBe("");
  expect(await docs("changes", "--base", "nowhere")).toMatchObject({
    code: 2,
    err: '"nowhere" is no revision here.',
  });
});
