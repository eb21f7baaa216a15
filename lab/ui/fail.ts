import { EXIT, type ExitCode } from '../errors/codes.ts';
import { LabError, problem } from '../errors/lab-error.ts';
import { formatProblems, problemsJson } from './problems.ts';

/** Reports an error on stderr, with `json` also as a result on stdout. Returns the exit code that belongs to it. */
export const fail = (error: unknown, { json }: { readonly json: boolean }): ExitCode => {
  const problems =
    error instanceof LabError ? error.problems : [problem('INTERNAL', sentenceOf(error), evidenceOf(error))];
  process.stderr.write(`${formatProblems(problems, { colour: process.stderr.isTTY === true })}\n`);
  if (json) process.stdout.write(`${JSON.stringify(problemsJson(problems))}\n`);
  return error instanceof LabError ? error.exitCode : EXIT.fail;
};

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const evidenceOf = (error: unknown) => (error instanceof Error && error.stack ? { evidence: error.stack } : {});
