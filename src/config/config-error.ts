// A configuration that cannot be used: every problem of the file at once, each with its place and what would do.

/** One thing wrong. `path` is where in the file ("strategy.spacing"); line and column count from 1 when known. */
export type ConfigProblem = Readonly<{
  path: string;
  message: string;
  line?: number;
  column?: number;
}>;

export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly file: string;
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`${file} has ${count}`, ...problems.map(problemText)].join("\n"));
    this.file = file;
    this.problems = problems;
  }
}

/** "  12:5  strategy.spacing: expected …" */
function problemText(problem: ConfigProblem): string {
  const place = problem.line === undefined ? "" : `${problem.line}:${problem.column}  `;
  return `  ${place}${problem.path === "" ? "" : `${problem.path}: `}${problem.message}`;
}
