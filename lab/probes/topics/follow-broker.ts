import { setTimeout as delay } from 'node:timers/promises';
import { NoAnswer } from '../http-client.ts';
import type { TopicBroker } from './brokers.ts';
import { listenToTopics, type TopicSubscription } from './listen-to-topics.ts';

/** Milliseconds before the first attempt to reach a lost broker again; doubled before each next one. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 2_000;

export type BrokerFollower = TopicSubscription & {
  /** Messages are heard from now on. */
  readonly onListening: () => void;
  /** They are not any more, or not yet; said once until they are heard again. Nothing keeps them meanwhile (wire.md 5.7). */
  readonly onLost: (why: string) => void;
};

/** Listens to the topics of a broker until `signal` aborts, again and again when it goes away. */
export const followBroker = async (broker: TopicBroker, follower: BrokerFollower): Promise<void> => {
  const { signal, onListening, onLost } = follower;
  let wait = FIRST_WAIT;
  let lost = false;
  while (!signal.aborted) {
    try {
      const { ended } = await listenToTopics(broker, follower);
      onListening();
      wait = FIRST_WAIT;
      const why = await ended;
      if (!signal.aborted) onLost(why);
      lost = true;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (!lost && !signal.aborted) onLost(error.message);
      lost = true;
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
};
