import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { isLatin1 } from '../../database/is-latin1.ts';
import { type Application, DEFAULT_TOKEN_TYPE } from '../model/application.ts';

const row = z
  .object({
    APPLICATION_ID: z.number(),
    UUID: z.string(),
    SUBSCRIBER_ID: z.number(),
    USER_ID: z.string(),
    NAME: z.string(),
    APPLICATION_TIER: z.string().nullable(),
    DESCRIPTION: z.string().nullable(),
    APPLICATION_STATUS: z.string().nullable(),
    TOKEN_TYPE: z.string().nullable(),
    SUBSCRIPTIONS: z.coerce.number(),
  })
  .transform(
    (found): Application => ({
      id: found.UUID,
      rowId: found.APPLICATION_ID,
      subscriberId: found.SUBSCRIBER_ID,
      owner: found.USER_ID,
      name: found.NAME,
      throttlingPolicy: found.APPLICATION_TIER ?? 'Unlimited',
      description: found.DESCRIPTION ?? '',
      status: found.APPLICATION_STATUS ?? 'APPROVED',
      tokenType: found.TOKEN_TYPE ?? DEFAULT_TOKEN_TYPE,
      subscriptionCount: found.SUBSCRIPTIONS,
    }),
  );

const SELECT = `
  SELECT a.APPLICATION_ID, a.UUID, a.SUBSCRIBER_ID, s.USER_ID, a.NAME, a.APPLICATION_TIER, a.DESCRIPTION,
    a.APPLICATION_STATUS, a.TOKEN_TYPE, (SELECT COUNT(*) FROM AM_SUBSCRIPTION b
      WHERE b.APPLICATION_ID = a.APPLICATION_ID AND b.SUBS_CREATE_STATE = 'SUBSCRIBE') AS SUBSCRIPTIONS
  FROM AM_APPLICATION a JOIN AM_SUBSCRIBER s ON s.SUBSCRIBER_ID = a.SUBSCRIBER_ID
  WHERE a.UUID IS NOT NULL AND s.TENANT_ID = ?`;

/** A user's applications, by name. */
export const listApplications = async (statements: Statements, owner: string): Promise<readonly Application[]> => {
  if (!isLatin1(owner)) return [];
  const sql = `${SELECT} AND s.USER_ID = ? ORDER BY a.NAME, a.APPLICATION_ID`;
  return (await statements.query(sql, [SUPER_TENANT_ID, owner])).map((found) => row.parse(found));
};

/** The applications of all users, by name. */
export const listAllApplications = async (statements: Statements): Promise<readonly Application[]> =>
  (await statements.query(`${SELECT} ORDER BY a.NAME, a.APPLICATION_ID`, [SUPER_TENANT_ID])).map((found) =>
    row.parse(found),
  );

/** The application with this UUID, whosever it is. */
export const findApplication = async (statements: Statements, id: string): Promise<Application | undefined> => {
  const [found] = await statements.query(`${SELECT} AND a.UUID = ?`, [SUPER_TENANT_ID, id]);
  return found && row.parse(found);
};

/** Makes everyone else wait who changes this application, on any node, until the transaction ends. False: it is gone. */
export const lockApplication = async (transaction: Statements, rowId: number): Promise<boolean> => {
  const sql = 'SELECT APPLICATION_ID FROM AM_APPLICATION WHERE APPLICATION_ID = ? FOR UPDATE';
  return (await transaction.query(sql, [rowId])).length > 0;
};

/** The subscriber a user is; made with the user's first application, however many nodes do so at once. */
export const findOrAddSubscriber = async (statements: Statements, user: string): Promise<number> => {
  const { insertId } = await statements.execute(
    `INSERT INTO AM_SUBSCRIBER (USER_ID, TENANT_ID, EMAIL_ADDRESS, CREATED_BY) VALUES (?, ?, '', ?)
     ON DUPLICATE KEY UPDATE SUBSCRIBER_ID = LAST_INSERT_ID(SUBSCRIBER_ID)`,
    [user, SUPER_TENANT_ID, user],
  );
  return insertId;
};

type Written = Pick<Application, 'name' | 'throttlingPolicy' | 'description' | 'tokenType'>;

/** @throws DatabaseError `ER_DUP_ENTRY` where the subscriber has one of that name */
export const insertApplication = async (
  statements: Statements,
  {
    name,
    throttlingPolicy,
    description,
    tokenType,
    ...application
  }: Written & Pick<Application, 'id' | 'subscriberId' | 'owner'>,
): Promise<void> => {
  await statements.execute(
    `INSERT INTO AM_APPLICATION (NAME, SUBSCRIBER_ID, APPLICATION_TIER, CALLBACK_URL, DESCRIPTION, APPLICATION_STATUS, GROUP_ID,
       CREATED_BY, UUID, TOKEN_TYPE) VALUES (?, ?, ?, '', ?, 'APPROVED', '', ?, ?, ?)`,
    [name, application.subscriberId, throttlingPolicy, description, application.owner, application.id, tokenType],
  );
};

/** @throws DatabaseError `ER_DUP_ENTRY` where the subscriber has another one of that name */
export const updateApplication = async (
  statements: Statements,
  rowId: number,
  { name, throttlingPolicy, description, tokenType }: Written,
  user: string,
): Promise<void> => {
  await statements.execute(
    `UPDATE AM_APPLICATION SET NAME = ?, APPLICATION_TIER = ?, DESCRIPTION = ?, TOKEN_TYPE = ?, UPDATED_BY = ?
     WHERE APPLICATION_ID = ?`,
    [name, throttlingPolicy, description, tokenType, user, rowId],
  );
};
