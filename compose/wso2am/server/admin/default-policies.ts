/** Quota by the number of requests in a time. */
type RequestQuota = { readonly requestCount: number; readonly description: string };

/** What stands for "no limit" in the tables. */
const NO_LIMIT = 2_147_483_647;

const perMinute = (requestCount: number): RequestQuota => ({
  requestCount,
  description: `Allows ${requestCount} requests per minute`,
});

const UNLIMITED: RequestQuota = { requestCount: NO_LIMIT, description: 'Allows unlimited requests' };

/** Policies of a fresh installation, all with a time of one minute (wire.md 5.4). */
export const DEFAULT_POLICIES = {
  application: {
    '50PerMin': perMinute(50),
    '20PerMin': perMinute(20),
    '10PerMin': perMinute(10),
    Unlimited: UNLIMITED,
  },
  subscription: {
    Gold: perMinute(5000),
    Silver: perMinute(2000),
    Bronze: perMinute(1000),
    Unauthenticated: perMinute(500),
    Unlimited: UNLIMITED,
  },
  advanced: {
    '50KPerMin': perMinute(50_000),
    '20KPerMin': perMinute(20_000),
    '10KPerMin': perMinute(10_000),
    Unlimited: UNLIMITED,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, RequestQuota>>>>;
