/** What services are called: `elb`, or `huaweicloud-elb` in full. */

export interface Named {
  readonly cloud: string;
  readonly name: string;
}

export interface Names<T extends Named = Named> {
  /** What each is called: by its own name, or in full where another cloud has a service of that name. */
  readonly all: readonly string[];
  /** What one of them is called. */
  of(named: Named): string;
  /**
   * Which one is called so, in full or not.
   *
   * @throws TypeError where none is, or several are
   */
  find(name: string): T;
}

export const fullName = ({ cloud, name }: Named): string => `${cloud}-${name}`;

export function createNames<T extends Named>(services: readonly T[]): Names<T> {
  const byFullName = new Map<string, T>();
  for (const each of services) if (!byFullName.has(fullName(each))) byFullName.set(fullName(each), each);
  const fullNamesOf = (name: string): string[] =>
    [...byFullName].filter(([, each]) => each.name === name).map(([full]) => full);
  const of = (named: Named): string => (fullNamesOf(named.name).length > 1 ? fullName(named) : named.name);
  return {
    all: [...byFullName.values()].map(of),
    of,
    find(name) {
      const [full = name, ...others] = byFullName.has(name) ? [] : fullNamesOf(name);
      if (others.length)
        throw new TypeError(
          `several services are called ${name}. Say which: ${[full, ...others].join(", ")}`,
        );
      const found = byFullName.get(full);
      if (found) return found;
      throw new TypeError(`no service is called ${name}. Known: ${[...byFullName.keys()].join(", ")}`);
    },
  };
}
