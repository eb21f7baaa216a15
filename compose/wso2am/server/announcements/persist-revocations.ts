import type { CarbonContext } from '../carbon/context.ts';
import { persistentNotifier } from '../event-hub/notify/persistent-notifier.ts';

/**
 * Key Managers and Portals of 3.0.0 and 3.1.0 write what they revoke to the persistent store themselves; in 3.2.0 the node that
 * passes a revocation on to gateways does it.
 */
export const persistRevocations = (
  context: Pick<CarbonContext, 'configuration' | 'events' | 'log'>,
  trusted: readonly string[],
): void => {
  const persist = persistentNotifier(context, trusted);
  if (persist) context.events.tokenRevoked.subscribe(({ token }) => persist(token));
};
