import { type Answer, json } from '../carbon/web.ts';
import type { DataRoute } from '../throttle-data/data-endpoints.ts';

/**
 * What the event hub says of throttled keys: nothing. Its three resources read a table that the product no longer opens
 * (carbon-apimgt, internal.service, ThrottlingDBUtil), and gateways learn decisions by topic `throttleData` alone.
 */
export const throttleStateRoutes: readonly DataRoute[] = [
  { method: 'GET', path: '/throttle', handle: async () => NO_LIST },
  { method: 'GET', path: '/throttleAsString', handle: async () => json(200, []) },
  {
    method: 'GET',
    path: '/isThrottled',
    handle: async () => json(200, { throttleKey: null, throttleState: 'ALLOWED' }),
  },
];

/** The list that was never read is null, which has no body. */
const NO_LIST: Answer = { status: 200 };
