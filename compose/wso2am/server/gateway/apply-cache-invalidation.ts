import * as z from 'zod/mini';
import type { MapMessage } from '../../../../lab/product/map-message/map-message.ts';
import type { GatewayCaches } from '../mediation/caches/gateway-caches.ts';
import { forgetResources, forgetUser, revokeCachedToken } from '../mediation/caches/invalidate.ts';

const texts = z.array(z.string());

const staleResources = z.object({
  apiContext: z.string(),
  apiVersion: z.nullable(z.string()),
  resources: z.array(z.object({ resourceURLContext: z.string(), httpVerb: z.string() })),
});

/** What each `type` of a message makes of its `value`; others are passed over (wire.md 4.5). Types come in any case. */
const KINDS: Readonly<Record<string, (caches: GatewayCaches, value: unknown) => void>> = {
  gatewaykeycache: (caches, value) => {
    for (const token of z.parse(texts, value)) revokeCachedToken(caches, token);
  },
  gatewayusernamecache: (caches, value) => {
    for (const user of z.parse(texts, value)) forgetUser(caches, user);
  },
  resourcecache: (caches, value) => {
    const { apiContext, apiVersion, resources } = z.parse(staleResources, value);
    forgetResources(
      caches,
      { context: apiContext, version: apiVersion ?? '' },
      resources.map(({ resourceURLContext, httpVerb }) => ({ template: resourceURLContext, verb: httpVerb })),
    );
  },
};

/** A message of the topic `cacheInvalidation`. @throws where it is not of that form */
export const applyCacheInvalidation = (message: MapMessage, caches: GatewayCaches): void => {
  const type = message.get('type')?.value;
  const value = message.get('value')?.value;
  if (typeof type !== 'string' || typeof value !== 'string') return;
  const kind = type.toLowerCase();
  if (Object.hasOwn(KINDS, kind)) KINDS[kind]?.(caches, JSON.parse(value));
};
