import * as z from 'zod/mini';
import { type MapMessage, plainValues } from '../../../../lab/product/map-message/map-message.ts';
import { readEncodedJson } from './encoded-json.ts';
import { keyManagerSchema } from './entities.ts';
import type { SubscriptionStore } from './subscription-store.ts';

/** The one kind of event on topic `keyManager` (wire.md 5.9). */
const CONFIGURATION = 'key_manager_configuration';

const messageSchema = z.object({
  event_type: z.string(),
  action: z.string(),
  name: z.string(),
  type: z.optional(z.string()),
  enabled: z.optional(z.boolean()),
  value: z.nullish(z.string()),
});

/**
 * Takes a message of topic `keyManager` to heart: a Key Manager was added, changed or deleted.
 * @throws for a message that is not as wire.md 5.9 has it
 */
export const applyKeyManagerEvent = ({ keyManagers }: SubscriptionStore, message: MapMessage): void => {
  const event = z.parse(messageSchema, plainValues(message));
  if (event.event_type !== CONFIGURATION) return;
  if (event.action === 'delete') keyManagers.remove(event.name);
  else {
    const configuration = event.value ? readEncodedJson(event.value) : {};
    keyManagers.put(z.parse(keyManagerSchema, { ...event, configuration }));
  }
};
