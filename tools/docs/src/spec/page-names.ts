import type { SpecFacts } from "./facts.ts";

/** What a saved page of an operation is called, without its ending: `huaweicloud-elb-list-jobs`. */
export const pageName = ({ service, operation }: Pick<SpecFacts, "service" | "operation">): string =>
  `${service}-${operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Whether a file or an address is called like an operation's page, or as its address ends. */
export function isCalledLike(name: string, spec: Pick<SpecFacts, "service" | "operation" | "page">): boolean {
  const stem = stemOf(name);
  return stem === pageName(spec) || (spec.page !== undefined && stem === stemOf(spec.page));
}

const stemOf = (path: string): string =>
  (path.split(/[\\/]/).at(-1) ?? "").replace(/\.\w{1,8}$/, "").toLowerCase();
