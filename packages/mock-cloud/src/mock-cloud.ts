/** The server, put together. */

import type { HttpHandler } from "msw";
import {
  type AlibabaCloudAccount,
  sampleAccount as alibabaCloud,
  createAlibabaCloud,
} from "./clouds/alibabacloud.js";
import {
  createHuaweiCloud,
  type HuaweiCloudAccount,
  sampleAccount as huaweiCloud,
} from "./clouds/huaweicloud.js";
import { CONTROL, control } from "./control.js";
import { type Dispatch, dispatch } from "./dispatch.js";
import type { JobRecord } from "./job-store.js";
import { Journal, type JournalEntry } from "./journal.js";
import type { Outcome } from "./lifecycle.js";
import { MockedService, type NewJob } from "./mocked-service.js";
import { createNames } from "./names.js";
import { seeded } from "./random.js";
import { createRouter } from "./route.js";
import { listen } from "./server.js";
import { loadServices } from "./services.js";
import { changed, defaults, type Settings } from "./settings.js";

export interface MockCloudOptions extends Partial<Settings> {
  /** The port on 127.0.0.1. Default: a free one. */
  port?: number;
  /** More specifications to serve, `<cloud>/<service>.yaml`. They need the package `typedcloud`. */
  specs?: readonly string[];
  /** How many jobs each service has at first. Default 250. */
  jobs?: number;
  /** Decides on ids, statuses and faults. Default 1. */
  seed?: number;
  /** Credentials and users instead of the sample ones; projects beside them. */
  accounts?: {
    huaweicloud?: Partial<Omit<HuaweiCloudAccount, "projects">> & {
      readonly projects?: Readonly<Record<string, string>>;
    };
    alibabacloud?: Partial<AlibabaCloudAccount>;
  };
  /** How many requests the journal holds. Default 1000. */
  journal?: number;
}

/** A job, as the control shows it. */
export interface ControlledJob {
  readonly service: string;
  readonly id: string;
  readonly outcome: Outcome;
  readonly startedAt: string;
  /** When it ends; for one that waits for a person, when it would have. */
  readonly endsAt: string;
  /** As its service shows it now. */
  readonly job: Readonly<Record<string, unknown>>;
}

/** A running server. */
export interface MockCloud extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly port: number;
  /**
   * The address of each service by its name: `elb`, `iam` … Where clouds share a name, by the full ones:
   * `huaweicloud-ecs`, `alibabacloud-ecs`.
   */
  readonly endpoints: Readonly<Record<string, string>>;
  /**
   * The address of one service, by its name or by the full one: `elb`, `huaweicloud-elb`.
   *
   * @throws TypeError for a name that no service has, or several
   */
  endpoint(service: string): string;
  readonly accounts: { readonly huaweicloud: HuaweiCloudAccount; readonly alibabacloud: AlibabaCloudAccount };
  readonly jobs: {
    /** Starts a job. */
    add(service: string, job?: NewJob): ControlledJob;
    get(service: string, id: string): ControlledJob | undefined;
    /** All jobs, newest first; of one service or of all. */
    list(service?: string): ControlledJob[];
    /** Ends a job now. */
    end(service: string, id: string, outcome?: string): ControlledJob | undefined;
    delete(service: string, id: string): boolean;
    /** Empties a service's list and puts so many jobs there. */
    fill(service: string, count: number): void;
  };
  /** The latest requests, oldest first. */
  readonly requests: readonly JournalEntry[];
  /** How many requests there were in all. */
  readonly received: number;
  clearRequests(): void;
  readonly settings: Readonly<Settings>;
  /** Changes some settings. */
  set(changes: Partial<Settings>): Readonly<Settings>;
  /** Puts MSW handlers before ours. They are asked after authentication. */
  use(...handlers: HttpHandler[]): void;
  /** Takes handlers out, and sets jobs, settings and journal back to what they were at first. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the server on 127.0.0.1. */
export async function startMockCloud(options: MockCloudOptions = {}): Promise<MockCloud> {
  const {
    port = 0,
    specs = [],
    jobs = 250,
    seed = 1,
    accounts = {},
    journal: size = 1000,
    ...initial
  } = options;
  const first = changed(defaults, initial);
  let settings = first;
  let random = seeded(`${seed} faults`);
  const now = () => Date.now() + settings.clockSkewMs;
  const huaweicloud = {
    ...huaweiCloud,
    ...accounts.huaweicloud,
    projects: { ...huaweiCloud.projects, ...accounts.huaweicloud?.projects },
  };
  const alibabacloud = { ...alibabaCloud, ...accounts.alibabacloud };
  // Credentials that are given out are random, but the same for the same seed.
  const clouds = [
    createHuaweiCloud(huaweicloud, seeded(`${seed} huaweicloud`)),
    createAlibabaCloud(alibabacloud, seeded(`${seed} alibabacloud`)),
  ] as const;
  const services = (await loadServices(specs)).map(
    (data) => new MockedService(data, { seed, now, settings: () => settings }),
  );
  const fill = () => {
    for (const service of services) service.fill(jobs);
  };
  fill();

  const names = createNames([
    ...services.map((service) => ({ ...service.data.service, service })),
    ...clouds.flatMap(({ name: cloud, identity }) =>
      identity.map(({ name }) => ({ cloud, name, service: undefined })),
    ),
  ]);
  const journal = new Journal(size);
  const overrides: HttpHandler[] = [];
  const server: Dispatch = {
    router: createRouter([...clouds], services, names),
    journal,
    overrides,
    random: () => random(),
    settings: () => settings,
    now,
  };
  const listening = await listen(port, (incoming) =>
    incoming.path === CONTROL || incoming.path.startsWith(`${CONTROL}/`)
      ? control(incoming, cloud)
      : dispatch(incoming, server),
  );
  const { url } = listening;
  const address = (name: string): string => `${url}/${name}`;

  const find = (name: string): MockedService => {
    const { service } = names.find(name);
    if (!service) throw new TypeError(`${name} has no jobs`);
    return service;
  };
  const controlled = (service: MockedService, record: JobRecord): ControlledJob => ({
    service: names.of(service.data.service),
    id: record.id,
    outcome: record.outcome,
    startedAt: new Date(record.startedAt).toISOString(),
    endsAt: new Date(record.endsAt).toISOString(),
    job: service.show(record),
  });

  const cloud: MockCloud = {
    url,
    port: listening.port,
    endpoints: Object.fromEntries(names.all.map((name) => [name, address(name)])),
    endpoint(name) {
      names.find(name);
      return address(name);
    },
    accounts: { huaweicloud, alibabacloud },
    jobs: {
      add(name, job = {}) {
        const service = find(name);
        return controlled(service, service.add(job));
      },
      get(name, id) {
        const service = find(name);
        const record = service.jobs.get(id);
        return record && controlled(service, record);
      },
      list: (name) =>
        (name === undefined ? services : [find(name)]).flatMap((service) =>
          service.jobs.all.map((record) => controlled(service, record)),
        ),
      end(name, id, outcome = "succeeded") {
        const service = find(name);
        const record = service.end(id, outcome as Outcome); // it refuses others
        return record && controlled(service, record);
      },
      delete: (name, id) => find(name).jobs.delete(id),
      fill: (name, count) => find(name).fill(count),
    },
    get requests() {
      return journal.entries;
    },
    get received() {
      return journal.received;
    },
    clearRequests: () => journal.clear(),
    get settings() {
      return settings;
    },
    set(changes) {
      settings = changed(settings, changes);
      return settings;
    },
    use: (...handlers) => void overrides.unshift(...handlers),
    reset() {
      overrides.length = 0;
      settings = first;
      random = seeded(`${seed} faults`);
      journal.clear();
      fill();
    },
    close: listening.close,
    [Symbol.asyncDispose]: listening.close,
  };
  return cloud;
}
