import { z } from 'zod';
import type { Statements } from '../../database/database.ts';
import { type Api, contextTemplate, fullContext } from '../model/api.ts';
import { LIFECYCLE_STATES, type LifecycleState } from '../model/lifecycle.ts';

/** A row of AM_API. */
export type ApiRow = {
  readonly rowId: number;
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly version: string;
  readonly status: LifecycleState;
  readonly createdTime: Date;
  readonly lastUpdatedTime: Date;
};

const apiRow = z
  .object({
    API_ID: z.number(),
    API_UUID: z.string(),
    API_PROVIDER: z.string(),
    API_NAME: z.string(),
    API_VERSION: z.string(),
    STATUS: z.enum(LIFECYCLE_STATES),
    CREATED_TIME: z.date(),
    UPDATED_TIME: z.date().nullable(),
  })
  .transform(
    (row): ApiRow => ({
      rowId: row.API_ID,
      id: row.API_UUID,
      provider: row.API_PROVIDER,
      name: row.API_NAME,
      version: row.API_VERSION,
      status: row.STATUS,
      createdTime: row.CREATED_TIME,
      lastUpdatedTime: row.UPDATED_TIME ?? row.CREATED_TIME,
    }),
  );

/** Rows without a UUID were not made through the REST API. */
const SELECT = `
  SELECT API_ID, API_UUID, API_PROVIDER, API_NAME, API_VERSION, STATUS, CREATED_TIME, UPDATED_TIME
  FROM AM_API WHERE API_UUID IS NOT NULL AND STATUS IS NOT NULL`;

export const listApiRows = async (statements: Statements): Promise<readonly ApiRow[]> =>
  (await statements.query(`${SELECT} ORDER BY API_NAME, API_ID`)).map((row) => apiRow.parse(row));

/** @param lock keeps the row from changing until the end of the transaction */
export const findApiRow = async (statements: Statements, id: string, lock = false): Promise<ApiRow | undefined> => {
  const [row] = await statements.query(`${SELECT} AND API_UUID = ?${lock ? ' FOR UPDATE' : ''}`, [id]);
  return row && apiRow.parse(row);
};

const takenRow = z.object({ API_NAME: z.string(), API_VERSION: z.string(), CONTEXT_TEMPLATE: z.string().nullable() });

/** APIs that have the name or the context, whoever made them. The rows stay locked for the transaction. */
export const findTaken = async (
  statements: Statements,
  { name, context }: Pick<Api, 'name' | 'context'>,
): Promise<readonly { readonly name: string; readonly version: string; readonly template: string | null }[]> => {
  const rows = await statements.query(
    'SELECT API_NAME, API_VERSION, CONTEXT_TEMPLATE FROM AM_API WHERE API_NAME = ? OR CONTEXT_TEMPLATE = ? FOR UPDATE',
    [name, contextTemplate(context)],
  );
  return rows.map((row) => {
    const { API_NAME, API_VERSION, CONTEXT_TEMPLATE } = takenRow.parse(row);
    return { name: API_NAME, version: API_VERSION, template: CONTEXT_TEMPLATE };
  });
};

/** @returns the row's id. Rejects with a duplicate where provider, name and version are taken */
export const insertApiRow = async (statements: Statements, api: Omit<Api, 'rowId'>): Promise<number> => {
  const { insertId } = await statements.execute(
    `INSERT INTO AM_API (API_UUID, API_PROVIDER, API_NAME, API_VERSION, CONTEXT, CONTEXT_TEMPLATE, API_TIER, API_TYPE, STATUS,
       CREATED_BY, CREATED_TIME) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      api.id,
      api.provider,
      api.name,
      api.version,
      fullContext(api),
      contextTemplate(api.context),
      api.apiThrottlingPolicy ?? null,
      api.type,
      api.status,
      api.provider,
      api.createdTime,
    ],
  );
  return insertId;
};

/** Writes what of an API may change; `UPDATED_TIME` moves to now. */
export const updateApiRow = async (statements: Statements, api: Api, user: string): Promise<void> => {
  await statements.execute(
    'UPDATE AM_API SET API_TIER = ?, STATUS = ?, UPDATED_BY = ?, UPDATED_TIME = ? WHERE API_ID = ?',
    [api.apiThrottlingPolicy ?? null, api.status, user, api.lastUpdatedTime, api.rowId],
  );
};

export const deleteApiRow = async (statements: Statements, rowId: number): Promise<void> => {
  await statements.execute('DELETE FROM AM_API WHERE API_ID = ?', [rowId]);
};
