import type { StreamEvent, ValuesOf } from '../../../../compose/wso2am/server/databridge/stream-definition.ts';
import { THROTTLE_REQUEST } from '../../../../compose/wso2am/server/databridge/streams.ts';

/** The throttle event of wire.md 12. */
export const THROTTLE_PAYLOAD: ValuesOf<typeof THROTTLE_REQUEST.payload> = {
  messageID: 'urn:uuid:11111111-2222-3333-4444-555555555555',
  appKey: '7:admin@carbon.super',
  appTier: 'Unlimited',
  apiKey: '/pizzashack/1.0.0:1.0.0',
  apiTier: null,
  subscriptionKey: '7:/pizzashack/1.0.0:1.0.0',
  subscriptionTier: 'Bronze',
  resourceKey: '/pizzashack/1.0.0/1.0.0/menu:GET',
  resourceTier: 'Unlimited',
  userId: 'admin@carbon.super',
  apiContext: '/pizzashack/1.0.0',
  apiVersion: '1.0.0',
  appTenant: 'carbon.super',
  apiTenant: 'carbon.super',
  appId: '7',
  apiName: 'admin--PizzaShackAPI',
  properties: '{"ip":2130706433}',
};

export const THROTTLE_EVENT: StreamEvent<typeof THROTTLE_REQUEST.payload> = {
  stream: THROTTLE_REQUEST,
  timestamp: 1_600_000_000_000,
  meta: {},
  correlation: {},
  payload: THROTTLE_PAYLOAD,
  arbitrary: new Map(),
};

/** The same event with another message id, to tell events apart. */
export const numbered = (number: number): typeof THROTTLE_PAYLOAD => ({ ...THROTTLE_PAYLOAD, messageID: `m${number}` });
