import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { type ApiArtifact, handlerOf } from '../synapse/api-artifact.ts';
import type { HardLimit, ThrottledRequest } from '../throttling/gateway/throttled-request.ts';
import { backEndClaims } from './back-end-claims.ts';
import type { AdmittedCall } from './gateway-call.ts';
import { perApi } from './per-api.ts';

/** What throttling wants to know of a call (wire.md 5.3), for a `Throttle` to check it by. */
export const throttledRequestOf = (call: AdmittedCall): ThrottledRequest => {
  const { api, caller, resourceInfo } = call;
  const { spikeArrestLimit: limit, spikeArrestUnit: unit } = caller;
  const keyType = caller.type === 'SANDBOX' ? 'SANDBOX' : 'PRODUCTION';
  const hardLimit = hardLimitOf(api, keyType);
  return {
    apiContext: api.context,
    apiVersion: api.version ?? '',
    apiName: nameOf(api),
    apiTenant: SUPER_TENANT_DOMAIN,
    ...(caller.apiTier !== '' && { apiTier: caller.apiTier }),
    resources: [{ uriTemplate: resourceInfo.uriTemplate, verb: call.verb, tier: resourceInfo.throttlingTier }],
    application: {
      id: caller.applicationId,
      name: caller.applicationName,
      tier: caller.applicationTier,
      subscriber: caller.subscriber,
      tenant: caller.subscriberTenantDomain || SUPER_TENANT_DOMAIN,
    },
    subscription: {
      tier: caller.tier,
      stopOnQuotaReach: caller.stopOnQuotaReach,
      ...(limit > 0 && (unit === 'sec' || unit === 'min') && { spikeArrest: { limit, unit } }),
    },
    user: caller.endUserName,
    keyType,
    ...(hardLimit && { hardLimit }),
    clientIp: call.clientIp,
    // Read by conditions alone, which few calls meet.
    get headers() {
      return pairsOf(call.rawHeaders);
    },
    get query() {
      return Object.fromEntries(new URLSearchParams(call.query));
    },
    get jwtClaims() {
      return backEndClaims(caller.endUserToken);
    },
    ...(caller.contentAware && { messageSize: Number(call.headers['content-length'] ?? 0) }),
  };
};

/** Milliseconds of a hard limit's window, which `maxTps` counts in: a second. */
const SECOND = 1_000;

/** `maxTps` of an API's back end, as its throttle handler has it. */
const hardLimitOf = (api: ApiArtifact, keyType: 'PRODUCTION' | 'SANDBOX'): HardLimit | undefined => {
  const properties = handlerOf(api, 'ThrottleHandler')?.properties;
  const limit = Number(properties?.[keyType === 'SANDBOX' ? 'sandboxMaxCount' : 'productionMaxCount'] ?? Number.NaN);
  return Number.isNaN(limit) ? undefined : { limit, unitTime: SECOND };
};

const nameOf = perApi(({ name }) => name.split(':', 1)[0] ?? name);

const pairsOf = (raw: readonly string[]): Readonly<Record<string, string>> => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return Object.fromEntries(pairs);
};
