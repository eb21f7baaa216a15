import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

/** A category that APIs may be of; administrators make them. */
export type ApiCategory = { readonly id: string; readonly name: string; readonly description: string | null };

const row = z
  .object({ UUID: z.string(), NAME: z.string(), DESCRIPTION: z.string().nullable() })
  .transform((found): ApiCategory => ({ id: found.UUID, name: found.NAME, description: found.DESCRIPTION }));

/** The categories of the tenant, by name. */
export const listApiCategories = async (statements: Statements): Promise<readonly ApiCategory[]> => {
  const rows = await statements.query(
    'SELECT UUID, NAME, DESCRIPTION FROM AM_API_CATEGORIES WHERE TENANT_ID = ? ORDER BY NAME',
    [SUPER_TENANT_ID],
  );
  return rows.map((each) => row.parse(each));
};

/** @throws DatabaseError `ER_DUP_ENTRY` where there is one of that name */
export const insertApiCategory = async (
  statements: Statements,
  { id, name, description }: ApiCategory,
): Promise<void> => {
  await statements.execute('INSERT INTO AM_API_CATEGORIES (UUID, NAME, DESCRIPTION, TENANT_ID) VALUES (?, ?, ?, ?)', [
    id,
    name,
    description,
    SUPER_TENANT_ID,
  ]);
};

/** A category keeps its name: APIs know it by that. */
export const describeApiCategory = async (
  statements: Statements,
  { id, description }: Pick<ApiCategory, 'id' | 'description'>,
): Promise<void> => {
  await statements.execute('UPDATE AM_API_CATEGORIES SET DESCRIPTION = ? WHERE UUID = ?', [description, id]);
};

export const deleteApiCategory = async (statements: Statements, id: string): Promise<void> => {
  await statements.execute('DELETE FROM AM_API_CATEGORIES WHERE UUID = ?', [id]);
};
