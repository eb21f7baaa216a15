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
  first(fits: (decision: HeardDecision) => boolean, limit: AbortSignal): Promise<HeardDecision | undefined> {
    const known = this.#heard.find(fits);
    if (known || limit.aborted) return Promise.resolve(known);
    return new Promise((resolve) => {
      const settle = (found: HeardDecision | undefined) => {
        this.#waiting.delete(take);
        limit.removeEventListener('abort', giveUp);
        resolve(found);
      };
      const take = (decision: HeardDecision) => {
        if (fits(decision)) settle(decision);
      };
      const giveUp = () => settle(undefined);
      this.#waiting.add(take);
      limit.addEventListener('abort', giveUp);
    });
  }
}
