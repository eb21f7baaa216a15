import { z } from 'zod';
import type { Statements } from '../../database/database.ts';

/** A subscription as its subscriber sees it: a row of AM_SUBSCRIPTION. */
export type Subscription = {
  readonly id: string;
  /** `SUBSCRIPTION_ID`. */
  readonly rowId: number;
  /** `API_ID`. */
  readonly apiRowId: number;
  /** `APPLICATION_ID`. */
  readonly applicationRowId: number;
  readonly status: string;
  readonly throttlingPolicy: string;
  readonly apiId: string;
  readonly applicationId: string;
  /** User of the application. */
  readonly owner: string;
};

const row = z
  .object({
    UUID: z.string(),
    SUBSCRIPTION_ID: z.number(),
    API_ID: z.number(),
    APPLICATION_ID: z.number(),
    SUB_STATUS: z.string(),
    TIER_ID: z.string(),
    API_UUID: z.string(),
    APPLICATION_UUID: z.string(),
    USER_ID: z.string(),
  })
  .transform(
    (found): Subscription => ({
      id: found.UUID,
      rowId: found.SUBSCRIPTION_ID,
      apiRowId: found.API_ID,
      applicationRowId: found.APPLICATION_ID,
      status: found.SUB_STATUS,
      throttlingPolicy: found.TIER_ID,
      apiId: found.API_UUID,
      applicationId: found.APPLICATION_UUID,
      owner: found.USER_ID,
    }),
  );

const SELECT = `
  SELECT s.UUID, s.SUBSCRIPTION_ID, s.API_ID, s.APPLICATION_ID, s.SUB_STATUS, s.TIER_ID, a.API_UUID, p.UUID AS APPLICATION_UUID, u.USER_ID
  FROM AM_SUBSCRIPTION s JOIN AM_API a ON a.API_ID = s.API_ID
  JOIN AM_APPLICATION p ON p.APPLICATION_ID = s.APPLICATION_ID
  JOIN AM_SUBSCRIBER u ON u.SUBSCRIBER_ID = p.SUBSCRIBER_ID
  WHERE s.SUBS_CREATE_STATE = 'SUBSCRIBE' AND s.UUID IS NOT NULL AND a.API_UUID IS NOT NULL AND p.UUID IS NOT NULL`;

/** A user's subscriptions, in the order in which they were made. */
export const listSubscriptions = async (statements: Statements, owner: string): Promise<readonly Subscription[]> => {
  const rows = await statements.query(`${SELECT} AND u.USER_ID = ? ORDER BY s.SUBSCRIPTION_ID`, [owner]);
  return rows.map((found) => row.parse(found));
};

/** The subscription with this UUID, whosever it is. */
export const findSubscription = async (statements: Statements, id: string): Promise<Subscription | undefined> => {
  const [found] = await statements.query(`${SELECT} AND s.UUID = ?`, [id]);
  return found && row.parse(found);
};

type Parties = Pick<Subscription, 'apiRowId' | 'applicationRowId'>;

/** Whether the application has the API. The caller holds the application's row. */
export const isSubscribed = async (
  statements: Statements,
  { apiRowId, applicationRowId }: Parties,
): Promise<boolean> => {
  const sql = 'SELECT SUBSCRIPTION_ID FROM AM_SUBSCRIPTION WHERE API_ID = ? AND APPLICATION_ID = ? LIMIT 1';
  return (await statements.query(sql, [apiRowId, applicationRowId])).length > 0;
};

/** @returns the id of its row */
export const insertSubscription = async (
  statements: Statements,
  { id, apiRowId, applicationRowId, throttlingPolicy, status, owner }: Omit<Subscription, 'rowId'>,
): Promise<number> => {
  const { insertId } = await statements.execute(
    `INSERT INTO AM_SUBSCRIPTION (TIER_ID, API_ID, APPLICATION_ID, SUB_STATUS, SUBS_CREATE_STATE, CREATED_BY, UUID)
     VALUES (?, ?, ?, ?, 'SUBSCRIBE', ?, ?)`,
    [throttlingPolicy, apiRowId, applicationRowId, status, owner, id],
  );
  return insertId;
};

/** Puts a subscription under another policy; nothing has to approve it, so none is left pending. */
export const writeSubscriptionPolicy = async (
  statements: Statements,
  { id, throttlingPolicy, owner }: Subscription,
): Promise<void> => {
  await statements.execute(
    'UPDATE AM_SUBSCRIPTION SET TIER_ID = ?, TIER_ID_PENDING = ?, UPDATED_BY = ? WHERE UUID = ?',
    [throttlingPolicy, throttlingPolicy, owner, id],
  );
};

export const deleteSubscription = async (statements: Statements, id: string): Promise<void> => {
  await statements.execute('DELETE FROM AM_SUBSCRIPTION WHERE UUID = ?', [id]);
};
