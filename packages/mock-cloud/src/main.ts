#!/usr/bin/env node
import { parseArgs } from "node:util";
import { type MockCloud, type MockCloudOptions, startMockCloud } from "./mock-cloud.js";
import { OFFSET_BEHAVIOURS } from "./settings.js";

const USAGE = `Usage: typedcloud-mock-cloud [options]

Plays Huawei Cloud and Alibaba Cloud on 127.0.0.1: checks signatures, keeps jobs, fails on demand.

  --port <number>            default: a free one
  --spec <file>              serve this specification too, <cloud>/<service>.yaml; may be repeated
                             (npx -p typedcloud -p @typedcloud/mock-cloud typedcloud-mock-cloud --spec …)
  --jobs <number>            how many jobs each service has at first (default: 250)
  --seed <number>            decides on ids, statuses and faults (default: 1)
  --speed <number>           how many times faster than real jobs go (default: 60)
  --offsets <behaviour>      how lists count offsets whose documentation contradicts itself:
                             ${OFFSET_BEHAVIOURS.map((each) => `"${each}"`).join(",\n                             ")}
  --latency <ms>[-<ms>]      how long each answer takes at least
  --throttle-rate <0..1>     the share of requests that are throttled
  --failure-rate <0..1>      the share that fails with 500, 502, 503 or 504
  --reset-rate <0..1>        the share whose connection is reset
  --clock-skew <ms>          how far the server's clock is ahead
  --json                     print addresses and keys as JSON, for scripts
  --help                     show this
`;

try {
  const { help, json, ...options } = read(process.argv.slice(2));
  if (help) console.log(USAGE);
  else await run(options, json);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function run(options: MockCloudOptions, json: boolean): Promise<void> {
  const cloud = await startMockCloud(options);
  const { url, endpoints, accounts } = cloud;
  console.log(json ? JSON.stringify({ url, endpoints, accounts }) : describe(cloud));
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => void cloud.close());
}

function describe({ url, endpoints, accounts: { huaweicloud, alibabacloud } }: MockCloud): string {
  const width = Math.max(...Object.keys(endpoints).map((name) => name.length));
  return [
    `The mock cloud listens on ${url}`,
    "",
    ...Object.entries(endpoints).map(([name, address]) => `  ${name.padEnd(width)}  ${address}`),
    "",
    "Huawei Cloud",
    `  export HUAWEICLOUD_SDK_AK=${huaweicloud.ak}`,
    `  export HUAWEICLOUD_SDK_SK=${huaweicloud.sk}`,
    ...Object.entries(huaweicloud.projects)
      .slice(0, 1)
      .map(([, id]) => `  export HUAWEICLOUD_SDK_PROJECT_ID=${id}`),
    `  user ${huaweicloud.username}, password ${huaweicloud.password}, account ${huaweicloud.domainName}`,
    "Alibaba Cloud",
    `  export ALIBABA_CLOUD_ACCESS_KEY_ID=${alibabacloud.accessKeyId}`,
    `  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${alibabacloud.accessKeySecret}`,
    `  role ${alibabacloud.roleArn}`,
    "",
    `Jobs, requests and settings: ${url}/_control`,
  ].join("\n");
}

/** The options; what is out of bounds is refused where they are used. */
function read(args: string[]): MockCloudOptions & { help: boolean; json: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      spec: { type: "string", multiple: true },
      jobs: { type: "string" },
      seed: { type: "string" },
      speed: { type: "string" },
      offsets: { type: "string" },
      latency: { type: "string" },
      "throttle-rate": { type: "string" },
      "failure-rate": { type: "string" },
      "reset-rate": { type: "string" },
      "clock-skew": { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const number = (name: Exclude<keyof typeof values, "spec" | "json" | "help">): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`--${name} must be a number`);
    return Number(text);
  };
  const [least, most = least] = values.latency?.split("-").map(Number) ?? [];
  const behaviour = OFFSET_BEHAVIOURS.find((each) => each === values.offsets);
  if (values.offsets !== undefined && !behaviour) throw new TypeError("--offsets must be one of those below");
  return {
    help: values.help,
    json: values.json,
    ...given({
      port: number("port"),
      specs: values.spec,
      jobs: number("jobs"),
      seed: number("seed"),
      speed: number("speed"),
      offsets: behaviour,
      latencyMs: least === undefined || most === undefined ? undefined : ([least, most] as const),
      throttleRate: number("throttle-rate"),
      failureRate: number("failure-rate"),
      resetRate: number("reset-rate"),
      clockSkewMs: number("clock-skew"),
    }),
  };
}

/** Without what was left out. */
function given<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]?: Exclude<T[Name], undefined> }; // none of them is left
}
