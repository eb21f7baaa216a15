import type { Row } from '../../../../compose/wso2am/server/throttling/siddhi/values.ts';
import { type RequestEvent, requestPayload, requestRow } from '../../../../compose/wso2am/server/throttling/streams.ts';

/** An event of the request stream as a receiver hands it over. */
export const sampleRow = (parts: Partial<RequestEvent> = {}): Row =>
  requestRow(
    requestPayload({
      messageID: 'urn:uuid:1',
      appKey: '7:admin@carbon.super',
      appTier: 'Unlimited',
      apiKey: '/pizzashack/1.0.0:1.0.0',
      apiTier: '',
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
    }),
  );
