import type { Job, Method, Operation, Pages, Parameter, Service } from "@typedcloud/runtime/operation";
import type { SpecificationFile } from "./file.ts";

/** Everything about one service that goes into its package: plain data, already checked. */
export interface ServiceModel {
  /** Where the facts come from, as generated files name it: `specs/huaweicloud/elb.yaml`. */
  readonly specification: string;
  readonly file: SpecificationFile;
  /** The package's folder: `huaweicloud-elb`. Its name is that after `@typedcloud/`. */
  readonly folder: string;
  /** Stem of the runtime's names for the cloud: `HuaweiCloud`. */
  readonly cloudStem: string;
  /** Stem of the package's own names: `Elb`. */
  readonly stem: string;
  /** What the service is, in a sentence. */
  readonly description: string;
  /** A region to show in examples, if the hosts have regions. */
  readonly region: string | undefined;
  /** What the package gives the runtime. */
  readonly service: Service;
  readonly operations: readonly OperationModel[];
  /** The schemas that the package exports by name, in the specification's order. */
  readonly schemas: readonly NamedSchema[];
  /** How credentials are given and found, if the cloud's specification says so. */
  readonly credentials: Credentials | undefined;
}

/** A schema with a name that a type can have. */
export interface NamedSchema {
  readonly name: string;
  readonly description: string | undefined;
}

/** For each field of a credential the environment variable that it is found in. */
export type Credentials = Readonly<Record<string, string>>;

/** One operation of a service. */
export interface OperationModel {
  /** `operationId`. */
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly permission: Permission | undefined;
  /** The page of the documentation that the facts are from. */
  readonly page: string | undefined;
  /** The day that the page says it was updated on. */
  readonly updated: string | undefined;
  readonly deprecated: boolean;
  /** Query parameters by name. */
  readonly query: Readonly<Record<string, Parameter>>;
  /** The parameters that a call must be given, by where they travel; those of the path in the template's order. */
  readonly required: Readonly<Record<ParameterGroup, Readonly<Record<string, Parameter>>>>;
  /** How a request body travels, if there is one. */
  readonly body: Operation["body"];
  /** Success has no body, or may have none. */
  readonly noContent: Operation["noContent"];
  readonly pages: Pages | undefined;
  readonly job: Job | undefined;
  /** The documented example of each response, by status. */
  readonly examples: readonly Example[];
}

/** Where parameters travel. */
export type ParameterGroup = "path" | "query" | "header";

/** What a response looks like. */
export interface Example {
  /** `200`, `4XX`, `default`. */
  readonly status: string;
  readonly body: unknown;
}

/** What a caller must be allowed to do. */
export interface Permission {
  readonly action: string;
  readonly access: string | undefined;
  readonly resource: string | undefined;
}
