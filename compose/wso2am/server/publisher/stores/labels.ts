import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import type { Label } from '../model/label.ts';

const row = z.object({
  LABEL_ID: z.string(),
  NAME: z.string(),
  DESCRIPTION: z.string().nullable(),
  ACCESS_URL: z.string().nullable(),
});

/** The labels of the tenant, by name. */
export const listLabels = async (statements: Statements): Promise<readonly Label[]> => {
  const rows = await statements.query(
    `SELECT l.LABEL_ID, l.NAME, l.DESCRIPTION, u.ACCESS_URL FROM AM_LABELS l
     LEFT JOIN AM_LABEL_URLS u ON u.LABEL_ID = l.LABEL_ID WHERE l.TENANT_DOMAIN = ? ORDER BY l.NAME, u.ACCESS_URL`,
    [SUPER_TENANT_DOMAIN],
  );
  const labels = new Map<string, Label>();
  for (const each of rows) {
    const { LABEL_ID: id, NAME: name, DESCRIPTION, ACCESS_URL } = row.parse(each);
    const known = labels.get(id)?.accessUrls ?? [];
    const accessUrls = ACCESS_URL === null ? known : [...known, ACCESS_URL];
    labels.set(id, { id, name, description: DESCRIPTION ?? '', accessUrls });
  }
  return [...labels.values()];
};

/** @throws DatabaseError `ER_DUP_ENTRY` where there is one of that name */
export const insertLabel = async (
  statements: Statements,
  { id, name, description, accessUrls }: Label,
): Promise<void> => {
  await statements.execute('INSERT INTO AM_LABELS (LABEL_ID, NAME, DESCRIPTION, TENANT_DOMAIN) VALUES (?, ?, ?, ?)', [
    id,
    name,
    description,
    SUPER_TENANT_DOMAIN,
  ]);
  await insertUrls(statements, id, accessUrls);
};

/** A label keeps its name: APIs know it by that. */
export const updateLabel = async (
  statements: Statements,
  { id, description, accessUrls }: Omit<Label, 'name'>,
): Promise<void> => {
  await statements.execute('UPDATE AM_LABELS SET DESCRIPTION = ? WHERE LABEL_ID = ?', [description, id]);
  await statements.execute('DELETE FROM AM_LABEL_URLS WHERE LABEL_ID = ?', [id]);
  await insertUrls(statements, id, accessUrls);
};

/** Its URLs go with it. */
export const deleteLabel = async (statements: Statements, id: string): Promise<void> => {
  await statements.execute('DELETE FROM AM_LABELS WHERE LABEL_ID = ?', [id]);
};

const insertUrls = async (statements: Statements, id: string, urls: readonly string[]): Promise<void> => {
  for (const url of urls) {
    await statements.execute('INSERT INTO AM_LABEL_URLS (LABEL_ID, ACCESS_URL) VALUES (?, ?)', [id, url]);
  }
};
