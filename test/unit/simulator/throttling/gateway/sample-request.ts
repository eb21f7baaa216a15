import { createAccessCounters } from '../../../../../compose/wso2am/server/throttling/gateway/access-counters.ts';
import { createBlockingConditions } from '../../../../../compose/wso2am/server/throttling/gateway/blocking-conditions.ts';
import type { ThrottlingHolders } from '../../../../../compose/wso2am/server/throttling/gateway/check-throttling.ts';
import { createDecisions } from '../../../../../compose/wso2am/server/throttling/gateway/decisions.ts';
import { createKeyTemplates } from '../../../../../compose/wso2am/server/throttling/gateway/key-templates.ts';
import type {
  ThrottledRequest,
  ThrottledResource,
} from '../../../../../compose/wso2am/server/throttling/gateway/throttled-request.ts';

export const menu: ThrottledResource = { uriTemplate: '/menu', verb: 'GET', tier: '10KPerMin' };

/** A call of `GET /pizzashack/1.0.0/menu` by the user admin through application 7. */
export const sampleRequest = (parts: Partial<ThrottledRequest> = {}): ThrottledRequest => ({
  apiContext: '/pizzashack/1.0.0',
  apiVersion: '1.0.0',
  apiName: 'admin--PizzaShackAPI',
  apiTenant: 'carbon.super',
  resources: [menu],
  application: { id: '7', name: 'app1', tier: '10PerMin', subscriber: 'admin', tenant: 'carbon.super' },
  subscription: { tier: 'Bronze', stopOnQuotaReach: true },
  user: 'admin@carbon.super',
  keyType: 'PRODUCTION',
  clientIp: '10.10.10.10',
  headers: {},
  query: {},
  jwtClaims: {},
  ...parts,
});

/** What a gateway knows that has heard nothing yet. */
export const freshHolders = (): ThrottlingHolders => ({
  decisions: createDecisions(),
  blockingConditions: createBlockingConditions(),
  keyTemplates: createKeyTemplates(),
  spikeArrest: createAccessCounters(),
  hardLimits: createAccessCounters(),
});
