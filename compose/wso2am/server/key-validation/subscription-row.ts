import { z } from 'zod';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import type { Statements } from '../database/database.ts';
import { isLatin1 } from '../database/is-latin1.ts';

/** The subscription by which a client may call an API, with what its policies say. */
export type SubscriptionRow = {
  readonly status: string;
  readonly keyType: string;
  readonly tokenType: string;
  readonly tier: string;
  readonly apiName: string;
  readonly apiProvider: string;
  readonly apiTier: string;
  readonly applicationId: number;
  readonly applicationName: string;
  readonly applicationTier: string;
  readonly subscriber: string;
  readonly stopOnQuotaReach: boolean;
  readonly spikeArrestLimit: number;
  readonly spikeArrestUnit: string;
  /** Whether any of its policies counts bytes: of subscription, application, API or one of its resources. */
  readonly contentAware: boolean;
};

/** `QUOTA_TYPE` of policies that count bytes. */
const BANDWIDTH = 'bandwidthVolume';

const optional = z
  .string()
  .nullable()
  .transform((value) => value ?? '');

const rowSchema = z
  .object({
    SUB_STATUS: optional,
    KEY_TYPE: z.string(),
    TOKEN_TYPE: optional,
    TIER_ID: optional,
    API_NAME: z.string(),
    API_PROVIDER: z.string(),
    API_TIER: optional,
    APPLICATION_ID: z.number(),
    NAME: z.string(),
    APPLICATION_TIER: optional,
    USER_ID: z.string(),
    STOP_ON_QUOTA_REACH: z.number().nullable(),
    RATE_LIMIT_COUNT: z.number().nullable(),
    RATE_LIMIT_TIME_UNIT: optional,
    CONTENT_AWARE: z.coerce.number(),
  })
  .transform(
    (row): SubscriptionRow => ({
      status: row.SUB_STATUS,
      keyType: row.KEY_TYPE,
      tokenType: row.TOKEN_TYPE,
      tier: row.TIER_ID,
      apiName: row.API_NAME,
      apiProvider: row.API_PROVIDER,
      apiTier: row.API_TIER,
      applicationId: row.APPLICATION_ID,
      applicationName: row.NAME,
      applicationTier: row.APPLICATION_TIER,
      subscriber: row.USER_ID,
      stopOnQuotaReach: row.STOP_ON_QUOTA_REACH !== 0,
      spikeArrestLimit: Math.max(row.RATE_LIMIT_COUNT ?? 0, 0),
      spikeArrestUnit: row.RATE_LIMIT_TIME_UNIT,
      contentAware: row.CONTENT_AWARE === 1,
    }),
  );

/** The subscription of a client's application to the API of this context and version. */
export const findSubscription = async (
  statements: Statements,
  consumerKey: string,
  context: string,
  version: string,
): Promise<SubscriptionRow | undefined> => {
  if (!isLatin1(context + version)) return undefined;
  const bandwidth = [BANDWIDTH, BANDWIDTH, SUPER_TENANT_ID, BANDWIDTH, BANDWIDTH];
  const [row] = await statements.query(
    `SELECT s.SUB_STATUS, m.KEY_TYPE, a.TOKEN_TYPE, s.TIER_ID, i.API_NAME, i.API_PROVIDER, i.API_TIER,
       a.APPLICATION_ID, a.NAME, a.APPLICATION_TIER, u.USER_ID, sp.STOP_ON_QUOTA_REACH, sp.RATE_LIMIT_COUNT,
       sp.RATE_LIMIT_TIME_UNIT,
       (sp.QUOTA_TYPE <=> ? OR ap.QUOTA_TYPE <=> ? OR EXISTS (
         SELECT 1 FROM AM_API_THROTTLE_POLICY p LEFT JOIN AM_CONDITION_GROUP g ON g.POLICY_ID = p.POLICY_ID
         WHERE p.TENANT_ID = ? AND (p.DEFAULT_QUOTA_TYPE = ? OR g.QUOTA_TYPE = ?) AND (p.NAME = i.API_TIER OR p.NAME IN (
           SELECT r.THROTTLING_TIER FROM AM_API_URL_MAPPING r WHERE r.API_ID = i.API_ID))
       )) AS CONTENT_AWARE
     FROM AM_APPLICATION_KEY_MAPPING m
     JOIN AM_APPLICATION a ON a.APPLICATION_ID = m.APPLICATION_ID
     JOIN AM_SUBSCRIBER u ON u.SUBSCRIBER_ID = a.SUBSCRIBER_ID
     JOIN AM_SUBSCRIPTION s ON s.APPLICATION_ID = a.APPLICATION_ID AND s.SUBS_CREATE_STATE = 'SUBSCRIBE'
     JOIN AM_API i ON i.API_ID = s.API_ID
     LEFT JOIN AM_POLICY_SUBSCRIPTION sp ON sp.NAME = s.TIER_ID AND sp.TENANT_ID = ?
     LEFT JOIN AM_POLICY_APPLICATION ap ON ap.NAME = a.APPLICATION_TIER AND ap.TENANT_ID = ?
     WHERE m.CONSUMER_KEY = ? AND i.CONTEXT = ? AND i.API_VERSION = ? LIMIT 1`,
    [...bandwidth, SUPER_TENANT_ID, SUPER_TENANT_ID, consumerKey, context, version],
  );
  return row && rowSchema.parse(row);
};
