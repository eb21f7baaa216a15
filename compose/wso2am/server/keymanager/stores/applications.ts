import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

/** The application of the developer portal that a client's keys belong to. */
export type Application = {
  readonly id: number;
  readonly name: string;
  readonly tier: string;
  readonly owner: string;
  readonly tokenType: string;
  readonly keyType: string;
};

const applicationRow = z
  .object({
    APPLICATION_ID: z.number(),
    NAME: z.string(),
    APPLICATION_TIER: z.string().nullable(),
    USER_ID: z.string(),
    TOKEN_TYPE: z.string().nullable(),
    KEY_TYPE: z.string(),
  })
  .transform(
    (row): Application => ({
      id: row.APPLICATION_ID,
      name: row.NAME,
      tier: row.APPLICATION_TIER ?? 'Unlimited',
      owner: row.USER_ID,
      tokenType: row.TOKEN_TYPE ?? 'DEFAULT',
      keyType: row.KEY_TYPE,
    }),
  );

/** The application of a client; a client that was registered by itself has none. */
export const findApplication = async (
  statements: Statements,
  consumerKey: string,
): Promise<Application | undefined> => {
  const [row] = await statements.query(
    `SELECT a.APPLICATION_ID, a.NAME, a.APPLICATION_TIER, s.USER_ID, a.TOKEN_TYPE, m.KEY_TYPE
     FROM AM_APPLICATION_KEY_MAPPING m
     JOIN AM_APPLICATION a ON a.APPLICATION_ID = m.APPLICATION_ID
     JOIN AM_SUBSCRIBER s ON s.SUBSCRIBER_ID = a.SUBSCRIBER_ID
     WHERE m.CONSUMER_KEY = ? LIMIT 1`,
    [consumerKey],
  );
  return row && applicationRow.parse(row);
};

/** A subscription with what its policy says; a policy that is not in the table limits no bursts. */
export type Subscription = {
  readonly api: {
    readonly name: string;
    readonly context: string;
    readonly version: string;
    readonly provider: string;
  };
  readonly tier: string;
  readonly stopOnQuotaReach: boolean;
  readonly spikeArrestLimit: number;
  readonly spikeArrestUnit: string | null;
};

const subscriptionRow = z
  .object({
    API_NAME: z.string(),
    CONTEXT: z.string(),
    API_VERSION: z.string(),
    API_PROVIDER: z.string(),
    TIER_ID: z.string(),
    STOP_ON_QUOTA_REACH: z.number().nullable(),
    RATE_LIMIT_COUNT: z.number().nullable(),
    RATE_LIMIT_TIME_UNIT: z.string().nullable(),
  })
  .transform(
    (row): Subscription => ({
      api: { name: row.API_NAME, context: row.CONTEXT, version: row.API_VERSION, provider: row.API_PROVIDER },
      tier: row.TIER_ID,
      stopOnQuotaReach: row.STOP_ON_QUOTA_REACH !== 0,
      spikeArrestLimit: Math.max(row.RATE_LIMIT_COUNT ?? 0, 0),
      spikeArrestUnit: row.RATE_LIMIT_TIME_UNIT,
    }),
  );

/** What an application is subscribed to, in the order of the subscriptions. */
export const subscriptionsOf = async (
  statements: Statements,
  applicationId: number,
): Promise<readonly Subscription[]> => {
  const rows = await statements.query(
    `SELECT a.API_NAME, a.CONTEXT, a.API_VERSION, a.API_PROVIDER, s.TIER_ID, p.STOP_ON_QUOTA_REACH, p.RATE_LIMIT_COUNT,
       p.RATE_LIMIT_TIME_UNIT
     FROM AM_SUBSCRIPTION s
     JOIN AM_API a ON a.API_ID = s.API_ID
     LEFT JOIN AM_POLICY_SUBSCRIPTION p ON p.NAME = s.TIER_ID AND p.TENANT_ID = ?
     WHERE s.APPLICATION_ID = ? AND s.SUBS_CREATE_STATE = 'SUBSCRIBE' ORDER BY s.SUBSCRIPTION_ID`,
    [SUPER_TENANT_ID, applicationId],
  );
  return rows.map((row) => subscriptionRow.parse(row));
};
