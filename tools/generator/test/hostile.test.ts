import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { codeWith, syntaxErrors, typecheck } from "./support/compiler.ts";
import { exportsOf } from "./support/generated.ts";
import { SPECIFICATION } from "./support/specification.ts";
import { type Workspace, workspaceOf } from "./support/workspace.ts";

/** Stands in every hostile text, so that it can be found where it must not be. */
const MARK = "pwned";

const HOSTILE = [
  `*/ ${MARK}(); /*`,
  `\`\${${MARK}()}\``,
  `"; ${MARK}(); "`,
  `'; ${MARK}(); '`,
  `\\"; ${MARK}(); //`,
  `line\n${MARK}(); // \r\n* @${MARK}`,
  `\u2028${MARK}();\u2029`,
  `@deprecated ${MARK} {@link x}`,
  `</script><img src=x onerror=${MARK}()>`,
  `| ${MARK} | \n| --- |\n# ${MARK}`,
  `"]: ${MARK}(), ["`,
  "__proto__",
  "constructor",
  "toString",
  "class",
  "",
];

/** The specification with these texts wherever a text may stand. */
function specificationWith(texts: readonly string[]): string {
  const document = parse(SPECIFICATION);
  const all = texts.join(" ");
  document.info.title = `T ${all}`;
  document.info.description = all;
  document.info.version = `v1 ${all}`;
  const operation = document.paths["/v1/{project_id}/tasks"].get;
  operation.summary = `S ${all}`;
  operation.description = all;
  operation["x-permission"] = { action: `A ${all}`, access: `B ${all}`, resource: `C ${all}` };
  operation.externalDocs.url = `https://docs.example.com/${all}`;
  operation.tags = [...texts];
  const values = [...new Set(texts)];
  // A key cannot be what every object has; a parameter's name can.
  const keys = values.filter((text) => !(text in {}));
  const properties = Object.fromEntries(
    keys.map((text) => [
      text,
      { type: "string", title: text, description: text, default: text, format: "binary" },
    ]),
  );
  document.components.schemas.Hostile = { type: "object", title: all, description: all, properties };
  document.components.schemas.Open = { type: "string", enum: values, description: all };
  document.components.schemas.Closed = { type: "string", enum: values, "x-closed": true, default: values[0] };
  const page = document.components.schemas.Page;
  Object.assign(page.properties, {
    hostile: { $ref: "#/components/schemas/Hostile", description: all },
    open: { type: "array", items: { $ref: "#/components/schemas/Open" } },
    closed: { type: "array", items: { $ref: "#/components/schemas/Closed" } },
  });
  operation.parameters.push(
    ...values.map((text) => ({
      name: text,
      in: "query",
      description: text,
      schema: { type: "string", default: text },
    })),
    ...values.map((text) => ({
      name: `closed ${text}`,
      in: "query",
      schema: { $ref: "#/components/schemas/Closed" },
    })),
  );
  const media = operation.responses["200"].content["application/json"];
  media.example = {
    ...media.example,
    hostile: Object.fromEntries(keys.map((text) => [text, text])),
    open: values,
    closed: values,
  };
  return JSON.stringify(document);
}

/** Checks that a package says what its specification says, as data. */
async function expectSameData(workspace: Workspace, specification: string): Promise<void> {
  const document = JSON.parse(specification);
  const operation = document.paths["/v1/{project_id}/tasks"].get;
  const { operations, service } = await exportsOf(workspace.read("packages/acme-tasks/src/operations.ts"));
  expect(service).toMatchObject({ title: document.info.title, version: document.info.version });
  const parameters = operation.parameters.filter((parameter: { in?: string }) => parameter.in === "query");
  const { query } = Object(operations).listTasks;
  expect(Object.keys(query).sort()).toEqual(parameters.map(({ name }: { name: string }) => name).sort());
  for (const { name, schema } of parameters)
    if ("default" in schema) expect(query[name].default).toBe(schema.default);
  const { mocks } = await exportsOf(workspace.read("packages/acme-tasks/src/mocks.ts"));
  expect(Object(mocks).listTasks[200]).toEqual(
    operation.responses["200"].content["application/json"].example,
  );
}

test("hostile text stays text: it compiles, and comes out as it went in", { timeout: 60_000 }, async () => {
  const specification = specificationWith(HOSTILE);
  const workspace = workspaceOf(specification);
  expect((await workspace.generate()).stderr).toBe("");
  const sources = Object.entries(workspace.files()).filter(([path]) => path.endsWith(".ts"));
  for (const [path, text] of sources) expect(codeWith(MARK, text), path).toEqual([]);
  expect(typecheck(sources.map(([path]) => join(workspace.cwd, path)))).toEqual([]);
  await expectSameData(workspace, specification);
});

test("hostile text makes neither table cells nor headings in the README", async () => {
  const workspace = workspaceOf(specificationWith(HOSTILE));
  await workspace.generate();
  const readme = workspace.read("packages/acme-tasks/README.md");
  expect(readme).not.toMatch(new RegExp(`^#.*${MARK}(?!.*Task)`, "m"));
  expect(readme).not.toMatch(/(?<!\\)<img/);
  const rows = readme.split("\n").filter((line) => line.startsWith("|"));
  expect(rows.map((row) => row.replaceAll("\\|", "").split("|").length)).toEqual(rows.map(() => 5));
});

test("any text stays text", { timeout: 120_000 }, async () => {
  const alphabet = fc.constantFrom(
    "*/",
    "/*",
    "//",
    "`",
    "${",
    "}",
    "'",
    '"',
    "\\",
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "@",
    "<",
    "|",
    "[",
    "]",
    "(",
    ")",
    "{",
    ";",
    " ",
    "a",
    "0",
    "__proto__",
    "é",
    "\u0000",
    "\u{1f600}",
  );
  const text = fc.array(alphabet, { maxLength: 12 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 6 }), async (texts) => {
      const specification = specificationWith(texts);
      const workspace = workspaceOf(specification);
      expect((await workspace.generate()).stderr).toBe("");
      for (const [path, source] of Object.entries(workspace.files()))
        if (path.endsWith(".ts")) expect(syntaxErrors(source), path).toEqual([]);
      await expectSameData(workspace, specification);
    }),
    { numRuns: 60 },
  );
});
