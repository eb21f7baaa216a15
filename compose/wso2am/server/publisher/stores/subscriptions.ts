import { z } from 'zod';
import type { Statements } from '../../database/database.ts';

/** States of a subscription that a publisher sets (wire.md 8.2). */
export const BLOCK_STATES = ['BLOCKED', 'PROD_ONLY_BLOCKED'] as const;

export type BlockState = (typeof BLOCK_STATES)[number] | 'UNBLOCKED';

/** A subscription as the Publisher shows it. */
export type Subscription = {
  readonly id: string;
  /** `SUBSCRIPTION_ID`. */
  readonly rowId: number;
  readonly status: string;
  readonly throttlingPolicy: string;
  readonly apiId: string;
  /** `API_ID`. */
  readonly apiRowId: number;
  readonly application: {
    readonly id: string;
    /** `APPLICATION_ID`. */
    readonly rowId: number;
    readonly name: string;
    readonly description: string;
    readonly subscriber: string;
  };
};

const subscriptionRow = z
  .object({
    UUID: z.string(),
    SUBSCRIPTION_ID: z.number(),
    API_ID: z.number(),
    APPLICATION_ID: z.number(),
    SUB_STATUS: z.string(),
    TIER_ID: z.string(),
    API_UUID: z.string(),
    APPLICATION_UUID: z.string().nullable(),
    NAME: z.string(),
    DESCRIPTION: z.string().nullable(),
    USER_ID: z.string(),
  })
  .transform(
    (row): Subscription => ({
      id: row.UUID,
      rowId: row.SUBSCRIPTION_ID,
      status: row.SUB_STATUS,
      throttlingPolicy: row.TIER_ID,
      apiId: row.API_UUID,
      apiRowId: row.API_ID,
      application: {
        rowId: row.APPLICATION_ID,
        id: row.APPLICATION_UUID ?? '',
        name: row.NAME,
        description: row.DESCRIPTION ?? '',
        subscriber: row.USER_ID,
      },
    }),
  );

const SELECT = `
  SELECT s.UUID, s.SUBSCRIPTION_ID, s.API_ID, s.APPLICATION_ID, s.SUB_STATUS, s.TIER_ID, a.API_UUID, p.UUID AS APPLICATION_UUID, p.NAME, p.DESCRIPTION, u.USER_ID
  FROM AM_SUBSCRIPTION s JOIN AM_API a ON a.API_ID = s.API_ID
  JOIN AM_APPLICATION p ON p.APPLICATION_ID = s.APPLICATION_ID
  JOIN AM_SUBSCRIBER u ON u.SUBSCRIBER_ID = p.SUBSCRIBER_ID
  WHERE s.SUBS_CREATE_STATE = 'SUBSCRIBE' AND s.UUID IS NOT NULL AND a.API_UUID IS NOT NULL`;

/** @param apiRowId of one API; absent: of all */
export const listSubscriptions = async (
  statements: Statements,
  apiRowId?: number,
): Promise<readonly Subscription[]> => {
  const rows =
    apiRowId === undefined
      ? await statements.query(`${SELECT} ORDER BY s.SUBSCRIPTION_ID`)
      : await statements.query(`${SELECT} AND s.API_ID = ? ORDER BY s.SUBSCRIPTION_ID`, [apiRowId]);
  return rows.map((row) => subscriptionRow.parse(row));
};

export const findSubscription = async (statements: Statements, id: string): Promise<Subscription | undefined> =>
  (await listSubscriptions(statements)).find((subscription) => subscription.id === id);

export const writeBlockState = async (
  statements: Statements,
  id: string,
  state: BlockState,
  user: string,
): Promise<void> => {
  await statements.execute('UPDATE AM_SUBSCRIPTION SET SUB_STATUS = ?, UPDATED_BY = ? WHERE UUID = ?', [
    state,
    user,
    id,
  ]);
};
