import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { type ApiArtifact, handlerOf } from '../synapse/api-artifact.ts';
import type { HardLimit, ThrottledRequest } from '../throttling/gateway/throttled-request.ts';
import type { Admitted } from './authentication.ts';
import { backEndClaims } from './back-end-claims.ts';
import type { GatewayCall } from './gateway-call.ts';
import { perApi } from './per-api.ts';

/** What throttling wants to know of a call (wire.md 5.3), for a `Throttle` to check it by. */
export const throttledRequestOf = (call: GatewayCall, admitted: Admitted): ThrottledRequest =>
  new ThrottledCall(call, admitted);

/**
 * Headers, query and claims are made when conditions ask for them, which is seldom. A class, because accessors of a literal are made anew
 * for each call; they stand on its prototype, so that it must not be spread.
 */
class ThrottledCall implements ThrottledRequest {
  readonly apiContext;
  readonly apiVersion;
  readonly apiName;
  readonly apiTenant = SUPER_TENANT_DOMAIN;
  readonly apiTier;
  readonly resources;
  readonly application;
  readonly subscription;
  readonly user;
  readonly keyType;
  readonly hardLimit;
  readonly clientIp;
  readonly messageSize;
  readonly #call: GatewayCall;
  readonly #endUserToken: string;

  constructor(call: GatewayCall, { caller, resourceInfo }: Admitted) {
    const { api } = call;
    const { spikeArrestLimit: limit, spikeArrestUnit: unit } = caller;
    this.#call = call;
    this.#endUserToken = caller.endUserToken;
    this.apiContext = api.context;
    this.apiVersion = api.version ?? '';
    this.apiName = nameOf(api);
    this.apiTier = caller.apiTier === '' ? undefined : caller.apiTier;
    this.resources = [
      { uriTemplate: resourceInfo.uriTemplate, verb: call.verb, tier: resourceInfo.throttlingTier },
    ] as const;
    this.application = {
      id: caller.applicationId,
      name: caller.applicationName,
      tier: caller.applicationTier,
      subscriber: caller.subscriber,
      tenant: caller.subscriberTenantDomain || SUPER_TENANT_DOMAIN,
    };
    this.subscription = {
      tier: caller.tier,
      stopOnQuotaReach: caller.stopOnQuotaReach,
      spikeArrest: limit > 0 && (unit === 'sec' || unit === 'min') ? ({ limit, unit } as const) : undefined,
    };
    this.user = caller.endUserName;
    this.keyType = caller.type === 'SANDBOX' ? ('SANDBOX' as const) : ('PRODUCTION' as const);
    this.hardLimit = hardLimitsOf(api)[this.keyType];
    this.clientIp = call.clientIp;
    this.messageSize = caller.contentAware ? Number(call.headers['content-length'] ?? 0) : undefined;
  }

  get headers(): Readonly<Record<string, string>> {
    return pairsOf(this.#call.rawHeaders);
  }

  get query(): Readonly<Record<string, string>> {
    return Object.fromEntries(new URLSearchParams(this.#call.query));
  }

  get jwtClaims(): Readonly<Record<string, string>> {
    return backEndClaims(this.#endUserToken);
  }
}

/** Milliseconds of a hard limit's window, which `maxTps` counts in: a second. */
const SECOND = 1_000;

/** `maxTps` of an API's back ends, as its throttle handler has them. */
const hardLimitsOf = perApi((api) => {
  const properties = handlerOf(api, 'ThrottleHandler')?.properties;
  return {
    PRODUCTION: hardLimitOf(properties?.productionMaxCount),
    SANDBOX: hardLimitOf(properties?.sandboxMaxCount),
  };
});

const hardLimitOf = (maxCount: string | undefined): HardLimit | undefined => {
  const limit = Number(maxCount ?? Number.NaN);
  return Number.isNaN(limit) ? undefined : { limit, unitTime: SECOND };
};

const nameOf = perApi(({ name }: ApiArtifact) => name.split(':', 1)[0] ?? name);

const pairsOf = (raw: readonly string[]): Readonly<Record<string, string>> => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return Object.fromEntries(pairs);
};
