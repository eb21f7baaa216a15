import { randomUUID } from 'node:crypto';
import type { CarbonContext } from '../carbon/context.ts';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { passOnRevocation } from '../event-hub/notify/pass-on-revocation.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';

/**
 * What the Portal of 3.2.0 takes back itself, gateways hear of without the event hub: API keys, as in the product, and tokens
 * of applications, which the product has the Key Manager revoke.
 */
export const passOnPortalRevocations = (
  { version, role, configuration, events, databases: { apim } }: CarbonContext,
  publisher: Pick<EventPublisher, 'publish'>,
): void => {
  if (version !== '3.2.0' || apim === undefined) return;
  const passOn = passOnRevocation({ apim, publisher, configuration });
  events.tokenRevoked.subscribe(async ({ token, tokenType, expiryTime }) => {
    if (tokenType !== 'API_KEY' && role !== 'developer-portal') return;
    await passOn({ eventId: randomUUID(), accessToken: token, expiryTime, tokenType, tenantId: SUPER_TENANT_ID });
  });
};
