import type { TopicMessage } from '../topics/listen-to-topics.ts';
import { decisionSchema, type ThrottleDecision } from '../topics/meaning.ts';

/** A decision, by whom it was told and when it arrived, epoch milliseconds. */
export type HeardDecision = ThrottleDecision & { readonly node: string; readonly at: number };

/** Throttle decisions as they are heard from all Traffic Managers. */
export class DecisionLog {
  readonly #heard: HeardDecision[] = [];
  readonly #waiting = new Set<(decision: HeardDecision) => void>();

  /** Takes a message of topic `throttleData`; what is no decision is passed over. */
  add(node: string, { at, values }: TopicMessage): void {
    const { data } = decisionSchema.safeParse(values);
    if (!data) return;
    const decision = { ...data, node, at };
    this.#heard.push(decision);
    for (const take of [...this.#waiting]) take(decision);
  }

  /** All that was heard and fits, in order. */
  all(fits: (decision: HeardDecision) => boolean): readonly HeardDecision[] {
    return this.#heard.filter(fits);
  }

  /** The first decision that fits, heard already or to come; undefined when `limit` aborts before. */
  async first(fits: (decision: HeardDecision) => boolean, limit: AbortSignal): Promise<HeardDecision | undefined> {
    return (await this.several(1, fits, limit))[0];
  }

  /** All that fit, once there are so many of them; those that there are when `limit` aborts before. */
  several(
    count: number,
    fits: (decision: HeardDecision) => boolean,
    limit: AbortSignal,
  ): Promise<readonly HeardDecision[]> {
    const known = this.all(fits);
    if (known.length >= count || limit.aborted) return Promise.resolve(known);
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(look);
        limit.removeEventListener('abort', settle);
        resolve(this.all(fits));
      };
      const look = (decision: HeardDecision) => {
        if (fits(decision) && this.all(fits).length >= count) settle();
      };
      this.#waiting.add(look);
      limit.addEventListener('abort', settle);
    });
  }
}
