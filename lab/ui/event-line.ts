import colours from 'picocolors';
import type { TopicEvent } from '../probes/topics/topic-event.ts';

/** One event: time of day in UTC as the nodes' logs have it, Traffic Manager, topic, and what it means. */
export const eventLine = ({ at, node, topic, kind, meaning }: TopicEvent): string => {
  const place = `${at.slice(11, 23)}  ${node.padEnd(6)}  ${(topic ?? '').padEnd(17)}`;
  return `${place}  ${kind === 'lost' || kind === 'unknown' ? colours.yellow(meaning) : meaning}\n`;
};
