import type { Type } from "../facts.ts";
import { shapeOf } from "./type.ts";

interface Named<At> {
  readonly name: string;
  readonly type: Type<At>;
}

/** What became of the members of a list. */
export interface Pairs<P, S> {
  readonly same: readonly { readonly page: P; readonly spec: S }[];
  readonly renamed: readonly { readonly page: P; readonly spec: S }[];
  readonly added: readonly P[];
  readonly removed: readonly S[];
}

/** Pairs members by name. One that is gone and one that is new are one renamed if type and neighbours are the same. */
export function pair<PAt, SAt, P extends Named<PAt>, S extends Named<SAt>>(
  page: readonly P[],
  spec: readonly S[],
): Pairs<P, S> {
  const bySpec = new Map(spec.map((member) => [member.name, member]));
  const byPage = new Map(page.map((member) => [member.name, member]));
  const same = page.flatMap((member) => {
    const other = bySpec.get(member.name);
    return other === undefined ? [] : [{ page: member, spec: other }];
  });
  const added = page.filter(({ name }) => !bySpec.has(name));
  const removed = spec.filter(({ name }) => !byPage.has(name));
  const renamed: { page: P; spec: S }[] = [];
  for (const gone of removed) {
    const candidates = added.filter(
      (fresh) => shapeOf(fresh.type) === shapeOf(gone.type) && !renamed.some((found) => found.page === fresh),
    );
    const found =
      candidates.find((fresh) => haveNeighbour(page, fresh, spec, gone)) ?? only(candidates, removed.length);
    if (found !== undefined) renamed.push({ page: found, spec: gone });
  }
  return {
    same,
    renamed,
    added: added.filter((member) => !renamed.some((found) => found.page === member)),
    removed: removed.filter((member) => !renamed.some((found) => found.spec === member)),
  };
}

/** Where rows changed their order as well, the only candidate for the only gap. */
const only = <T>(candidates: readonly T[], gaps: number): T | undefined =>
  candidates.length === 1 && gaps === 1 ? candidates[0] : undefined;

function haveNeighbour(
  page: readonly { readonly name: string }[],
  fresh: { readonly name: string },
  spec: readonly { readonly name: string }[],
  gone: { readonly name: string },
): boolean {
  const [p, s] = [page.indexOf(fresh), spec.indexOf(gone)];
  return page[p - 1]?.name === spec[s - 1]?.name || page[p + 1]?.name === spec[s + 1]?.name;
}
