import type { Problem } from "../problem.ts";

/** Where the checks put what they find. */
export type Report = (problem: Problem) => void;
