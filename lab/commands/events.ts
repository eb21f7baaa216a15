import { connectDocker } from '../engine/docker.ts';
import { labStatus } from '../engine/lab-status.ts';
import { labError } from '../errors/lab-error.ts';
import { topicBrokers } from '../probes/topics/brokers.ts';
import { followBroker } from '../probes/topics/follow-broker.ts';
import { meaningOf } from '../probes/topics/meaning.ts';
import type { TopicEvent } from '../probes/topics/topic-event.ts';
import { TOPICS, type Topic, topicsOf } from '../product/topics.ts';

export type EventsOptions = {
  readonly lab: string;
  /** All that the lab's version uses when none is named. */
  readonly topics: readonly string[];
  readonly emit: (event: TopicEvent) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
};

/**
 * Tells what the Traffic Managers of a lab tell their gateways, until `signal` aborts. Resolves with whether each of them
 * could be heard at some time. Fails with USAGE for a topic that there is not, and where the host reaches no broker.
 */
export const events = async ({ lab, topics: named, emit, signal }: EventsOptions): Promise<boolean> => {
  const chosen = named.map(topicNamed);
  const status = await labStatus(await connectDocker(), lab);
  const topics = chosen.length > 0 ? chosen : topicsOf(status.version);
  const brokers = topicBrokers(status);
  if (brokers.length === 0) throw labError('USAGE', `${lab} publishes no port of a Traffic Manager's broker`);
  const heard = new Set<string>();
  const follow = (broker: (typeof brokers)[number]): Promise<void> => {
    const tell = (event: Omit<TopicEvent, 'at' | 'node'>, at = Date.now()) =>
      emit({ at: new Date(at).toISOString(), node: broker.node, ...event });
    return followBroker(broker, {
      topics,
      user: status.credentials,
      signal,
      onMessage: (message) => tell({ ...meaningOf(message), topic: message.topic, values: message.values }, message.at),
      onListening: () => {
        heard.add(broker.node);
        tell({ kind: 'listening', meaning: `listening to ${topics.join(', ')}` });
      },
      onLost: (why) => tell({ kind: 'lost', meaning: `not heard, trying again: ${why}` }),
    });
  };
  await Promise.all(brokers.map(follow));
  return brokers.every(({ node }) => heard.has(node));
};

const topicNamed = (name: string): Topic => {
  const found = TOPICS.find((topic) => topic.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw labError('USAGE', `there is no topic ${name}`, { evidence: `there are: ${TOPICS.join(', ')}` });
};
