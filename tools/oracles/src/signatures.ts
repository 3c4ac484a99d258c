/** Signs two thousand random requests and prints the hash of all signatures, with the version and locale that did it. */

import { createHash } from "node:crypto";
import { sign as signAlibaba } from "../../../packages/runtime/src/alibabacloud/sign.js";
import { sign as signHuawei } from "../../../packages/runtime/src/huaweicloud/sign.js";
import { METHODS, randomOf, SEED, text } from "./random.ts";

const random = randomOf(SEED);
const all = createHash("sha256");
for (let run = 0; run < 1000; run++) {
  const url = new URL("https://host.example/");
  url.pathname = `/${random.list(4, () => encodeURIComponent(text(random))).join("/")}`;
  url.search = random
    .list(5, () => `${encodeURIComponent(text(random, 4))}=${encodeURIComponent(text(random))}`)
    .join("&");
  const headers = Object.fromEntries(
    random.list(6, () => [
      `x-${random
        .word("iIcChHzZåäö-0", 1, 5)
        .toLowerCase()
        .replace(/[^a-z0-9-]/g, "i")}`,
      random.word("iIzZ 0", 1, 5),
    ]),
  );
  const request = { method: random.pick(METHODS), url, headers, body: text(random) };
  const date = Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24));
  const derivation = run % 2 ? { region: "cn-north-4", service: "apigw" } : undefined;
  all.update(
    JSON.stringify(signHuawei(request, { ak: "ak", sk: "sk", securityToken: "t" }, date, derivation)),
  );
  all.update(
    JSON.stringify(
      signAlibaba(
        request,
        { accessKeyId: "id", accessKeySecret: "s", securityToken: "t" },
        date,
        String(run),
      ),
    ),
  );
}
console.log(
  JSON.stringify({
    version: process.version,
    locale: new Intl.Collator().resolvedOptions().locale,
    signatures: all.digest("hex"),
  }),
);
