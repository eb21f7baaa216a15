import type { RequestEvent } from '../../../../compose/wso2am/server/throttling/streams.ts';

/** An event of the request stream as a receiver hands it over. */
export const sampleEvent = (parts: Partial<RequestEvent> = {}): RequestEvent => ({
  messageID: 'urn:uuid:1',
  appKey: '7:admin@carbon.super',
  appTier: 'Unlimited',
  apiKey: '/pizzashack/1.0.0:1.0.0',
  apiTier: null,
  subscriptionKey: '7:/pizzashack/1.0.0:1.0.0',
  subscriptionTier: 'Unlimited',
  resourceKey: '/pizzashack/1.0.0/1.0.0/menu:GET',
  resourceTier: 'Unlimited',
  userId: 'admin@carbon.super',
  apiContext: '/pizzashack/1.0.0',
  apiVersion: '1.0.0',
  appTenant: 'carbon.super',
  apiTenant: 'carbon.super',
  appId: '7',
  apiName: 'admin--PizzaShackAPI',
  properties: '{"ip":168430090}',
  ...parts,
});
