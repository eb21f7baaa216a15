import { NoAnswer } from './http-client.ts';
import type { Hop, Verdict } from './report.ts';

/** Thrown by a hop that got an answer, but not the documented one. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

/** Fails the hop with what was expected and what came. */
export const expectThat = (holds: boolean, expected: string, seen: string): void => {
  if (!holds) throw new Mismatch(`expected ${expected}, got ${seen}`);
};

export type Step<T> = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What the step yields for later steps, what it saw, and its time in milliseconds where that is not all it took. */
  readonly work: () => Promise<{ readonly value: T; readonly detail: string; readonly ms?: number }>;
};

/** Collects the hops of a probe while it runs. */
export class HopRecorder {
  readonly hops: Hop[] = [];

  /** Runs a step and records it. Resolves with its value, or undefined when it did not pass. */
  async hop<T>({ name, from, to, work }: Step<T>): Promise<T | undefined> {
    const began = performance.now();
    const record = (verdict: Verdict, detail: string, ms = performance.now() - began) => {
      this.hops.push({ name, from, to, verdict, ms: Math.round(ms * 10) / 10, detail });
    };
    try {
      const { value, detail, ms } = await work();
      record('pass', detail, ms);
      return value;
    } catch (error) {
      if (error instanceof NoAnswer) record(error.timedOut ? 'unknown' : 'fail', error.message);
      else if (error instanceof Mismatch) record('fail', error.message);
      else throw error;
      return undefined;
    }
  }

  /** Records a step that could not be tried because an earlier one yielded nothing. */
  notTried({ name, from, to }: Pick<Hop, 'name' | 'from' | 'to'>, because: string): void {
    this.hops.push({ name, from, to, verdict: 'unknown', ms: 0, detail: `not tried: ${because}` });
  }
}
