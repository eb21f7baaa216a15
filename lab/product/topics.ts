import { VERSIONS, type Version } from './versions.ts';

/** Topics of a Traffic Manager's broker, each with the first version that uses it (wire.md 5.7). */
const SINCE = {
  throttleData: '3.0.0',
  tokenRevocation: '3.0.0',
  cacheInvalidation: '3.1.0',
  notification: '3.2.0',
  keyManager: '3.2.0',
} as const satisfies Record<string, Version>;

export type Topic = keyof typeof SINCE;

export const TOPICS = Object.keys(SINCE) as readonly Topic[];

/** Topics that a version uses. */
export const topicsOf = (version: Version): readonly Topic[] =>
  TOPICS.filter((topic) => VERSIONS.indexOf(SINCE[topic]) <= VERSIONS.indexOf(version));

/** Routing key of a topic: the product's broker turns them all to lower case (wire.md 5.7). */
export const routingKeyOf = (topic: Topic): string => topic.toLowerCase();

/** The exchange of topics, and the virtual host with its slash (wire.md 5.7). */
export const TOPIC_EXCHANGE = 'amq.topic';
export const VIRTUAL_HOST = '/carbon';
