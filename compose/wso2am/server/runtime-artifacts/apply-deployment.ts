import * as z from 'zod/mini';
import { type MapMessage, plainValues } from '../../../../lab/product/map-message/map-message.ts';
import { readEncodedJson } from '../subscription-data/encoded-json.ts';
import type { GatewaySynchronizer } from './synchronize-gateway.ts';

const messageSchema = z.object({ eventType: z.string(), event: z.string() });

/** wire.md 5.9. */
const eventSchema = z.object({ apiId: z.string(), gatewayLabels: z.array(z.string()) });

/**
 * Takes a message of topic `notification` to heart that says which gateways have to serve an API, or to forget it; other messages
 * are none of its business.
 * @throws for a message that is not as wire.md 5.9 has it, and where the artifact cannot be had
 */
export const applyDeployment = async (
  synchronizer: Pick<GatewaySynchronizer, 'deploy' | 'remove'>,
  message: MapMessage,
): Promise<void> => {
  const { eventType, event } = z.parse(messageSchema, plainValues(message));
  const apply = {
    DEPLOY_API_IN_GATEWAY: synchronizer.deploy,
    REMOVE_API_FROM_GATEWAY: synchronizer.remove,
  }[eventType];
  await apply?.(z.parse(eventSchema, readEncodedJson(event)));
};
