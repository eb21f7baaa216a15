import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { LIFECYCLE_STATES, type LifecycleState } from '../model/lifecycle.ts';

/** One change of an API's state; the first has no state before. */
export type LifecycleEvent = {
  readonly previousState: LifecycleState | undefined;
  readonly postState: LifecycleState;
  readonly user: string;
  readonly updatedTime: Date;
};

const eventRow = z
  .object({
    PREVIOUS_STATE: z.enum(LIFECYCLE_STATES).nullable(),
    NEW_STATE: z.enum(LIFECYCLE_STATES),
    USER_ID: z.string(),
    EVENT_DATE: z.date(),
  })
  .transform(
    (row): LifecycleEvent => ({
      previousState: row.PREVIOUS_STATE ?? undefined,
      postState: row.NEW_STATE,
      user: row.USER_ID,
      updatedTime: row.EVENT_DATE,
    }),
  );

export const recordLifecycleEvent = async (
  statements: Statements,
  rowId: number,
  { previousState, postState, user, updatedTime }: LifecycleEvent,
): Promise<void> => {
  await statements.execute(
    'INSERT INTO AM_API_LC_EVENT (API_ID, PREVIOUS_STATE, NEW_STATE, USER_ID, TENANT_ID, EVENT_DATE) VALUES (?, ?, ?, ?, ?, ?)',
    [rowId, previousState ?? null, postState, user, SUPER_TENANT_ID, updatedTime],
  );
};

/** Oldest first. */
export const lifecycleEvents = async (statements: Statements, rowId: number): Promise<readonly LifecycleEvent[]> => {
  const rows = await statements.query(
    'SELECT PREVIOUS_STATE, NEW_STATE, USER_ID, EVENT_DATE FROM AM_API_LC_EVENT WHERE API_ID = ? ORDER BY EVENT_ID',
    [rowId],
  );
  return rows.map((row) => eventRow.parse(row));
};
