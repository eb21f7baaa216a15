import {
  apiCacheKey,
  type GatewayCaches,
  gatewayCaches,
  resourceCacheKey,
} from '../../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import { load } from '../config/deployment.ts';

const PIZZA = { context: '/pizzashack/1.0.0', version: '1.0.0' };
const PASTA = { context: '/pasta/2.0.0', version: '2.0.0' };

/** Caches that know two tokens, and of two APIs three resources. */
export const warmCaches = (): GatewayCaches => {
  const caches = gatewayCaches(load(), () => 0);
  for (const token of ['t1', 't2']) caches.tokens.put(token, 'carbon.super');
  for (const api of [PIZZA, PASTA]) caches.apiResources.put(apiCacheKey(api), []);
  const info = {
    httpVerb: 'GET',
    authType: 'Any',
    uriTemplate: '/menu',
    throttlingTier: 'Unlimited',
    throttlingConditions: ['_default'],
    applicableLevel: 'apiLevel',
  };
  for (const verb of ['GET', 'POST'])
    caches.resources.put(resourceCacheKey({ ...PIZZA, template: '/menu', verb }), { ...info, httpVerb: verb });
  caches.resources.put(resourceCacheKey({ ...PASTA, template: '/menu', verb: 'GET' }), info);
  return caches;
};
