import { randomUUID } from 'node:crypto';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import type { Database, SqlValue, Statements } from '../database/database.ts';
import { retryWhenBeaten } from '../keymanager/stores/retry.ts';
import { type DefaultPolicy, defaultPolicies } from './default-policies.ts';

const QUOTA_TYPE = 'requestCount';
const ONE_MINUTE = { time: 1, unit: 'min' };

/**
 * Puts the policies of a fresh installation into the AM_POLICY_* tables. Every node may call it at every start: a policy that
 * is there stays as it is, changed or not.
 */
export const seedPolicies = (database: Database): Promise<void> =>
  retryWhenBeaten(() => database.transaction(writeMissing));

const writeMissing = async (statements: Statements): Promise<void> => {
  for (const policy of defaultPolicies('application')) {
    await ensure(statements, 'AM_POLICY_APPLICATION', { ...identity(policy), ...limit(policy, '') });
  }
  for (const policy of defaultPolicies('subscription')) {
    const more = { STOP_ON_QUOTA_REACH: 1, BILLING_PLAN: 'FREE', RATE_LIMIT_COUNT: 0 };
    await ensure(statements, 'AM_POLICY_SUBSCRIPTION', { ...identity(policy), ...limit(policy, ''), ...more });
  }
  for (const policy of defaultPolicies('advanced')) {
    const columns = { ...identity(policy), ...limit(policy, 'DEFAULT_'), APPLICABLE_LEVEL: 'apiLevel' };
    await ensure(statements, 'AM_API_THROTTLE_POLICY', columns);
  }
};

type Columns = Readonly<Record<string, SqlValue>>;

const identity = ({ name, description }: DefaultPolicy): Columns => ({
  NAME: name,
  DISPLAY_NAME: name,
  TENANT_ID: SUPER_TENANT_ID,
  DESCRIPTION: description,
  IS_DEPLOYED: 1,
  UUID: randomUUID(),
});

const limit = ({ requestCount }: DefaultPolicy, prefix: string): Columns => ({
  [`${prefix}QUOTA_TYPE`]: QUOTA_TYPE,
  [`${prefix}QUOTA`]: requestCount,
  [`${prefix}UNIT_TIME`]: ONE_MINUTE.time,
  [`${prefix}TIME_UNIT`]: ONE_MINUTE.unit,
});

/** Table and columns are the constants above, never input. */
const ensure = async (statements: Statements, table: string, columns: Columns): Promise<void> => {
  const [row] = await statements.query(`SELECT POLICY_ID FROM ${table} WHERE NAME = ? AND TENANT_ID = ?`, [
    columns.NAME ?? null,
    SUPER_TENANT_ID,
  ]);
  if (row) return;
  const names = Object.keys(columns);
  await statements.execute(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    Object.values(columns),
  );
};
