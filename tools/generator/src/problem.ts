/** What is wrong with a specification, where, and how to mend it. */
export interface Problem {
  /** The specification, as people call it: `specs/huaweicloud/elb.yaml`. */
  readonly file: string;
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  /** The rule's name: `operation-id`. */
  readonly rule: string;
  /** What is wrong, and how to mend it. */
  readonly message: string;
}

/** The form that editors and terminals turn into a link. */
export const formatProblem = ({ file, line, column, rule, message }: Problem): string =>
  `${file}:${line}:${column}  ${rule}  ${message}`;

/** In reading order; a problem of a shared file that several services run into is one problem. */
export function sortProblems(problems: Iterable<Problem>): Problem[] {
  const distinct = new Map<string, Problem>();
  for (const problem of problems) distinct.set(formatProblem(problem), problem);
  return [...distinct.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

/** Independent of the machine's locale, unlike `localeCompare`. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
