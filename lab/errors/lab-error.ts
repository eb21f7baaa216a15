import { ERRORS, type ErrorCode, type ExitCode } from './codes.ts';

/** Facts that belong to one problem, besides its sentence. */
export type ProblemFacts = {
  /** Node or container it happened on. */
  readonly node?: string;
  /** `file:line:column` in what the user wrote. */
  readonly where?: string;
  /** Overrides the hint of the code's table entry when something more exact is known. */
  readonly hint?: string;
  /** What was seen: the first causal log line, what Docker said, the path of a saved log. */
  readonly evidence?: string;
};

export type Problem = ProblemFacts & { readonly code: ErrorCode; readonly sentence: string; readonly hint: string };

export const problem = (code: ErrorCode, sentence: string, facts: ProblemFacts = {}): Problem => ({
  hint: ERRORS[code].hint,
  ...facts,
  code,
  sentence,
});

/**
 * What every command throws for a failure it understands: one or more problems, all of them at once.
 * The exit code is that of the first problem.
 */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(problems: readonly [Problem, ...Problem[]], options?: ErrorOptions) {
    super(problems.map((each) => each.sentence).join('; '), options);
    this.problems = problems;
  }

  /** Of the first problem. */
  get code(): ErrorCode {
    return this.problems[0].code;
  }

  get exitCode(): ExitCode {
    return ERRORS[this.problems[0].code].exit;
  }
}

/** A LabError with a single problem. */
export const labError = (
  code: ErrorCode,
  sentence: string,
  facts: ProblemFacts = {},
  options?: ErrorOptions,
): LabError => new LabError([problem(code, sentence, facts)], options);
