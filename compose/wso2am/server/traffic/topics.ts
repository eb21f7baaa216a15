import type { StreamDefinition } from '../databridge/stream-definition.ts';
import { CACHE_INVALIDATION, KEY_MANAGER, NOTIFICATION, REVOCATION, REVOCATION_3_0 } from '../databridge/streams.ts';

/** Topics to which a Traffic Manager passes the events of a stream on, unread (wire.md 4.3, 4.5, 5.7, 5.9). */
const TOPICS: ReadonlyMap<StreamDefinition, string> = new Map<StreamDefinition, string>([
  [REVOCATION_3_0, 'tokenRevocation'],
  [REVOCATION, 'tokenRevocation'],
  [CACHE_INVALIDATION, 'cacheInvalidation'],
  [NOTIFICATION, 'notification'],
  [KEY_MANAGER, 'keyManager'],
]);

/** The topic of a stream that is passed on; undefined for streams that something on the node reads. */
export const topicOf = (stream: StreamDefinition): string | undefined => TOPICS.get(stream);
