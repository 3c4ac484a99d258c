/** The checked specifications with the place of every value, for tools that hold them against something or edit them. */

export { type Checked, check } from "./check.ts";
export type { SpecificationFile } from "./file.ts";
export { generate } from "./generate.ts";
export type { OperationModel, ServiceModel } from "./model.ts";
export { Place } from "./place.ts";
export { formatProblem, type Problem } from "./problem.ts";
