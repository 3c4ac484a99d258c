/** Signed requests with one byte changed, sent as bytes: none may be accepted. More of them with `pnpm test:long`. */

import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { seeded } from "../src/random.js";
import { type Signed, signAlibaba, signHuawei } from "./support/sign.js";

const COUNT = process.env.TYPEDCLOUD_LONG === undefined ? 1500 : 10_000;

let cloud: MockCloud;
beforeAll(async () => {
  cloud = await startMockCloud({ jobs: 5 });
  return () => cloud.close();
});

/** A request on the wire, in parts: those at odd places are covered by the signature. */
function partsOf({ url, method, headers, body }: Signed): string[] {
  const { pathname, search } = new URL(url);
  const lines = Object.entries(headers).flatMap(([name, value]) => [`\r\n${name}: `, value]);
  const [first = "", ...rest] = lines;
  return [
    "",
    method,
    " ",
    pathname + search,
    ` HTTP/1.1${first}`,
    ...rest,
    `\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`,
    body,
    "",
  ];
}

async function exchange(bytes: Buffer): Promise<string> {
  const socket = connect(cloud.port, "127.0.0.1");
  socket.on("error", () => {}); // what cannot be parsed may be reset
  socket.write(bytes);
  // A changed length or line end may leave the server waiting for more.
  socket.setTimeout(2000, () => socket.destroy());
  return text(socket).catch(() => "");
}

/** Percent-encodings are the same in either case, and a space is a space: such changes change nothing. */
const meaning = (target: string): string => {
  try {
    return decodeURIComponent(target.replaceAll("+", " "));
  } catch {
    return target;
  }
};

const kinds: [string, () => Signed][] = [
  [
    "SDK-HMAC-SHA256",
    () => {
      const { ak, sk, projects } = cloud.accounts.huaweicloud;
      const project = projects["cn-north-4"] ?? "";
      const url = `${cloud.endpoints.gaussdb}/v3/${project}/immediate-jobs?limit=10&start_time=2024-01-01T00%3A00%3A00%2B0100`;
      return signHuawei(
        { url, headers: { "content-type": "application/json", "x-project-id": project } },
        ak,
        sk,
      );
    },
  ],
  [
    "ACS3-HMAC-SHA256",
    () => {
      const { accessKeyId, accessKeySecret } = cloud.accounts.alibabacloud;
      const url = `${cloud.endpoints.alb}/?JobIds.1=a%20b&JobIds.2=c&MaxResults=10`;
      return signAlibaba({ url, method: "POST", body: "a=1&b=2" }, accessKeyId, accessKeySecret);
    },
  ],
];

test.each(kinds)("%s: the unchanged request is accepted", async (_, make) => {
  expect(await exchange(Buffer.from(partsOf(make()).join("")))).toMatch(/^HTTP\/1\.1 200 /);
});

test.each(kinds)(`%s: of ${COUNT / 2} changed requests none is`, { timeout: 180_000 }, async (name, make) => {
  const random = seeded(`mutations of ${name}`);
  const below = (limit: number) => Math.floor(random() * limit);
  const accepted: string[] = [];
  let sent = 0;
  const one = async (): Promise<void> => {
    const parts = partsOf(make()).map((part) => Buffer.from(part));
    const places = parts.flatMap((part, index) =>
      index % 2 ? [...part.keys()].map((byte) => ({ part, byte, index })) : [],
    );
    const place = places[below(places.length)];
    if (!place) throw new Error("nothing to change");
    const before = place.part.toString("latin1");
    place.part[place.byte] = 0x21 + below(0x5e); // any visible character
    const after = place.part.toString("latin1");
    if (before === after || (place.index === 3 && meaning(before) === meaning(after))) return one();
    sent++;
    const answer = await exchange(Buffer.concat(parts));
    if (!/^HTTP\/1\.1 4\d\d /.test(answer)) accepted.push(`${before} -> ${after}: ${answer.slice(0, 40)}`);
  };
  const worker = async () => {
    while (sent < COUNT / 2) await one();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(accepted).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(COUNT / 2);
});
