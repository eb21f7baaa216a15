import type { Topic } from '../../product/topics.ts';
import type { MessageKind } from './meaning.ts';

/** Something heard on a topic, or that hearing has begun or ended; a line of `events --json` (docs/machine-interface.md). */
export type TopicEvent = {
  /** ISO 8601. */
  readonly at: string;
  /** Traffic Manager that told it. */
  readonly node: string;
  readonly kind: MessageKind | 'listening' | 'lost';
  /** In words. */
  readonly meaning: string;
  /** Absent when it is about listening itself. */
  readonly topic?: Topic;
  readonly values?: Readonly<Record<string, unknown>>;
};
