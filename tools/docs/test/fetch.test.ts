import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { readText } from "../src/commands/context.ts";
import { fetchPages } from "../src/commands/fetch.ts";
import { modelOf, readOperations } from "./support/model.ts";
import { render } from "./support/render.ts";
import { repository } from "./support/repository.ts";

const operations = await readOperations();
const html = (operation: string): string => {
  const spec = operations.find((each) => each.operation === operation);
  if (spec === undefined) throw new Error(operation);
  return render(modelOf(spec), {
    layout: "html",
    language: "zh",
    style: { labels: "line", enums: "inline" },
    marks: false,
  });
};

type Answer = (request: IncomingMessage, response: ServerResponse, operation: string) => void;

const page: Answer = (_, response, operation) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html(operation));
};

/** A server on this machine that has the page of every operation, and the repository that asks it. */
async function served(answers: Readonly<Record<string, Answer>> = {}) {
  const { folder, write } = repository();
  const seen: { readonly operation: string; readonly headers: IncomingMessage["headers"] }[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++open);
    response.on("close", () => open--);
    const operation = (request.url ?? "").slice(1).split("?")[0] ?? "";
    seen.push({ operation, headers: request.headers });
    (answers[operation] ?? page)(request, response, operation);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const addresses: Record<string, Record<string, { page: string }>> = {};
  for (const { service, operation } of operations)
    addresses[service] = { ...addresses[service], [operation]: { page: `${origin}/${operation}` } };
  write("specs/sources.yaml", stringify(addresses));
  const run = async (limits: { patience?: number; largest?: number } = {}) => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const code = await fetchPages(
      { specs: "specs", json: false, from: undefined, output: "kept", pause: 1, limits },
      { cwd: folder, output: { log, error: log } },
    );
    return { code, lines };
  };
  const stored = () => readFileSync(join(folder, "specs/sources.yaml"), "utf8");
  return { folder, origin, seen, run, stored, most: () => most };
}

/** What is told of one operation, without where the server happens to listen. */
const told = (lines: readonly string[], operation: string): string | undefined =>
  lines.find((line) => line.includes(` ${operation}:`))?.replace(/127\.0\.0\.1:\d+/g, "HOST");

test("one at a time; what has not changed since is not sent again", { timeout: 30_000 }, async () => {
  const withTag: Answer = (request, response, operation) => {
    response.setHeader("etag", `"${operation}"`);
    response.setHeader("last-modified", "Wed, 01 Jan 2025 00:00:00 GMT");
    if (request.headers["if-none-match"] === `"${operation}"`) response.writeHead(304).end();
    else setTimeout(() => page(request, response, operation), 5);
  };
  const all = Object.fromEntries(operations.map(({ operation }) => [operation, withTag]));
  const { folder, seen, run, stored, most } = await served(all);
  expect((await run()).code).toBe(0);
  expect(seen.map(({ operation }) => operation)).toEqual(operations.map(({ operation }) => operation));
  expect(most()).toBe(1);
  expect(seen.every(({ headers }) => headers["if-none-match"] === undefined)).toBe(true);
  const first = stored();

  const { code, lines } = await run();
  expect({ code, count: lines.filter((line) => line.endsWith("not changed on the server")).length }).toEqual({
    code: 0,
    count: 5,
  });
  expect(seen.at(-1)?.headers).toMatchObject({ "if-modified-since": "Wed, 01 Jan 2025 00:00:00 GMT" });
  expect(stored()).toBe(first);

  // Another specification has to be held against the page, even if that is the same.
  const elb = join(folder, "specs/huaweicloud/elb.yaml");
  writeFileSync(elb, readFileSync(elb, "utf8").replaceAll("2000", "1000"));
  const drift = await run();
  expect({
    code: drift.code,
    lines: drift.lines.filter((line) => line.includes("1000 → 2000")).length,
  }).toEqual({ code: 1, lines: 2 });
  expect(existsSync(join(folder, "kept/huaweicloud-elb-list-jobs.html"))).toBe(true);
});

test("redirected, packed, in another encoding: still the page", { timeout: 30_000 }, async () => {
  const { run, stored } = await served({
    listJobs: (_, response) => {
      response.writeHead(302, { location: "/moved" }).end();
    },
    moved: (_, response) => {
      response.writeHead(301, { location: "/again?lang=zh" }).end();
    },
    again: (request, response) => page(request, response, "listJobs"),
    listInstanceJobs: (_, response, operation) => {
      response
        .writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" })
        .end(gzipSync(html(operation)));
    },
    listImmediateJobs: (_, response, operation) => {
      const text = html(operation).replace("<head>", '<head><meta charset="utf-16le">');
      // A page that names its encoding in ASCII cannot be in one of two bytes: its server has to say so.
      response
        .writeHead(200, { "content-type": 'text/html; charset="UTF-16LE"' })
        .end(Buffer.from(text, "utf16le"));
    },
    showResourcesJobDetail: (_, response, operation) => {
      // No title in Chinese, but headings that only this encoding makes readable.
      response.writeHead(200, { "content-type": "text/html" }).end(gb18030(html(operation)));
    },
  });
  const { code, lines } = await run();
  expect({ code, lines: lines.filter((line) => !line.endsWith("no drift")) }).toEqual({ code: 0, lines: [] });
  expect(stored().match(/hash: sha256/g)).toHaveLength(5);
});

test("a page that is kept is read again, whatever encoding it names", async () => {
  const text = html("listJobs")
    .replace("0-2000", "0-3000")
    .replace("<head>", '<head><meta charset="gb18030">');
  const { run, folder } = await served({
    listJobs: (_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(text);
    },
  });
  expect((await run()).lines.join("\n")).toContain("query.limit.maximum: 2000 → 3000");
  const kept = readText("kept/huaweicloud-elb-list-jobs.html", { cwd: folder, output: console });
  expect(kept.text).toContain("请求参数");
});

/** As bytes that are no UTF-8: every Chinese character by its table, which the decoder has. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) table.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
  const marked = text.replace(
    "<head>",
    '<head><meta http-equiv="Content-Type" content="text/html; charset=gb18030">',
  );
  return Buffer.from(
    [...marked].flatMap((letter) =>
      letter < "\u0080" ? [letter.charCodeAt(0)] : (table.get(letter) ?? [63]),
    ),
  );
}

test("what fails is told with operation and address, and loses nobody else's result", {
  timeout: 30_000,
}, async () => {
  const { run, stored, folder } = await served({
    listAsynJobs: (_, response) => {
      response.writeHead(404, { "content-type": "text/html" }).end("<html>gone</html>");
    },
    showResourcesJobDetail: (_, response) => {
      response
        .writeHead(200, { "content-type": "text/html" })
        .end("<html><body><h1>Are you human?</h1></body></html>");
    },
    listImmediateJobs: (_, response) => {
      response.writeHead(500).end();
    },
  });
  const before = stored();
  const { code, lines } = await run();
  expect(code).toBe(2);
  expect(told(lines, "listAsynJobs")).toBe(
    "alibabacloud-alb listAsynJobs: http://HOST/listAsynJobs: the server answered 404.",
  );
  expect(told(lines, "showResourcesJobDetail")).toMatch(
    /^huaweicloud-eip showResourcesJobDetail: http:\/\/HOST\/showResourcesJobDetail:1 {2}read as html: neither the headings/,
  );
  expect(told(lines, "listImmediateJobs")).toBe(
    "huaweicloud-gaussdb listImmediateJobs: http://HOST/listImmediateJobs: the server answered 500.",
  );
  expect(told(lines, "listJobs")).toBe("huaweicloud-elb listJobs: no drift");
  expect(stored().match(/hash: sha256/g)).toHaveLength(2);
  for (const line of before.trim().split("\n")) expect(stored()).toContain(line.trim());
  expect(existsSync(join(folder, "specs/sources.yaml.tmp"))).toBe(false);
});

test("too slow, too long, cut off, no page, astray, in no known encoding", { timeout: 30_000 }, async () => {
  const { run, stored } = await served({
    listAsynJobs: (_, response) => {
      // Begins, and does not go on.
      response.writeHead(200, { "content-type": "text/html" }).write("<html>");
    },
    showResourcesJobDetail: (_, response) => {
      // Small on the wire.
      const bomb = gzipSync(Buffer.alloc(300_000, " "));
      response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end(bomb);
    },
    listJobs: (_, response) => {
      response.writeHead(200, { "content-type": "text/html", "content-length": "1000" }).write("<html>");
      setTimeout(() => response.destroy(), 20);
    },
    listImmediateJobs: (_, response) => {
      response.writeHead(302, { location: "http://docs.example.com/page" }).end();
    },
    listInstanceJobs: (_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=klingon" }).end("<html>");
    },
  });
  const before = stored();
  const { code, lines } = await run({ patience: 300, largest: 200_000 });
  expect(code).toBe(2);
  const at = (operation: string) => told(lines, operation)?.split(`http://HOST/${operation}: `)[1];
  expect({
    slow: at("listAsynJobs"),
    long: at("showResourcesJobDetail"),
    astray: at("listImmediateJobs"),
    unknown: at("listInstanceJobs"),
  }).toEqual({
    slow: "no page within 0.3 s.",
    long: "more than 200000 bytes are no page.",
    astray: "only https is fetched, not http://docs.example.com/page.",
    unknown: 'the page is in "klingon", which is no encoding that is known here.',
  });
  expect(at("listJobs")).toMatch(/closed|terminated|aborted/);
  expect(stored()).toContain(before.trim().split("\n").at(-1));
  expect(stored()).not.toContain("hash");
});

test("a server that is busy is left alone; one that redirects in circles is given up", {
  timeout: 30_000,
}, async () => {
  const { seen, run } = await served({
    listAsynJobs: (_, response) => {
      response.writeHead(302, { location: "/listAsynJobs" }).end();
    },
    showResourcesJobDetail: (_, response) => {
      response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF");
    },
    listJobs: (_, response) => {
      response.writeHead(429, { "retry-after": "60" }).end();
    },
  });
  const { code, lines } = await run();
  expect(code).toBe(2);
  expect(told(lines, "listAsynJobs")).toContain("the server redirects more than 5 times.");
  expect(told(lines, "showResourcesJobDetail")).toContain("the server sent application/pdf, not a page.");
  expect(told(lines, "listJobs")).toContain("the server answered 429, and asks to wait 60.");
  expect(told(lines, "listImmediateJobs")).toContain("not asked for, since HOST is busy.");
  expect(seen.map(({ operation }) => operation)).not.toContain("listImmediateJobs");
});

test("nobody there", { timeout: 30_000 }, async () => {
  const { folder, write } = repository();
  write(
    "specs/sources.yaml",
    stringify({
      "huaweicloud-elb": { listJobs: { page: "http://127.0.0.1:9/x" } },
      "huaweicloud-swr": { listInstanceJobs: { page: "ftp://x" } },
    }),
  );
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const only = operations.filter(({ operation }) => !["listJobs", "listInstanceJobs"].includes(operation));
  for (const { service, operation } of only)
    write(
      "specs/sources.yaml",
      `${readFileSync(join(folder, "specs/sources.yaml"), "utf8")}${stringify({ [service]: { [operation]: { page: "nonsense" } } })}`,
    );
  const code = await fetchPages(
    { specs: "specs", json: false, from: undefined, output: undefined, pause: 1 },
    { cwd: folder, output: { log, error: log } },
  );
  expect(code).toBe(2);
  expect(lines.find((line) => line.includes("listJobs"))).toMatch(
    /listJobs: http:\/\/127\.0\.0\.1:9\/x: .*(?:ECONNREFUSED|bad port)/,
  );
  expect(lines.find((line) => line.includes("listInstanceJobs"))).toContain("only https is fetched.");
  expect(lines.find((line) => line.includes("listAsynJobs"))).toContain('"nonsense" is no address.');
});

test("sources that cannot be read are told as such", async () => {
  const { folder, write } = repository();
  write("specs/sources.yaml", "a: [");
  const output = { log: () => {}, error: () => {} };
  const run = fetchPages(
    { specs: "specs", json: false, from: undefined, output: undefined, pause: 1 },
    { cwd: folder, output },
  );
  await expect(run).rejects.toMatchObject({
    name: "Failure",
    message: expect.stringContaining("sources.yaml: "),
  });
});
