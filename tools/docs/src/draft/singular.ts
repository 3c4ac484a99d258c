const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, "y"],
  [/(?<=ss|x|sh|tch|nch|status)es$/, ""],
  // "address", "status" and "analysis" are no plurals.
  [/(?<=[a-z])(?<![siu])s$/, ""],
];

/** What one of a list is called: `addresses` → `address`. */
export function singular(name: string): string {
  const [ending, put] = ENDINGS.find(([words]) => words.test(name)) ?? [];
  return ending === undefined ? name : name.replace(ending, put ?? "");
}
