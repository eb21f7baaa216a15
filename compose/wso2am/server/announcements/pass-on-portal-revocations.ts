import { randomUUID } from 'node:crypto';
import type { CarbonContext } from '../carbon/context.ts';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { passOnRevocation } from '../event-hub/notify/pass-on-revocation.ts';
import { persistentNotifier } from '../event-hub/notify/persistent-notifier.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';

const CLASS = 'org.wso2.carbon.apimgt.impl.publishers.RevocationRequestPublisher';

/**
 * What the Portal of 3.2.0 takes back itself, gateways hear of without the event hub: API keys, as in the product, and tokens
 * of applications, which the product has the Key Manager revoke.
 */
export const passOnPortalRevocations = (
  context: CarbonContext,
  publisher: Pick<EventPublisher, 'publish'>,
  trusted: readonly string[] = [],
): void => {
  const { version, role, configuration, events, log } = context;
  const { apim } = context.databases;
  if (version !== '3.2.0' || apim === undefined) return;
  const persist = persistentNotifier(context, trusted);
  const passOn = passOnRevocation({ apim, publisher, configuration, persist, log: log(CLASS) });
  events.tokenRevoked.subscribe(async ({ token, tokenType, expiryTime }) => {
    if (tokenType !== 'API_KEY' && role !== 'developer-portal') return;
    await passOn({ eventId: randomUUID(), accessToken: token, expiryTime, tokenType, tenantId: SUPER_TENANT_ID });
  });
};
