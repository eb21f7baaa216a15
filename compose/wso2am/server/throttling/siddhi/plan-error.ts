/** A plan that is no SiddhiQL, or more of SiddhiQL than the simulator runs. The message begins with the line. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  /** Counted from 1. */
  readonly line: number;

  constructor(line: number, text: string) {
    super(`line ${line}: ${text}`);
    this.line = line;
  }
}
