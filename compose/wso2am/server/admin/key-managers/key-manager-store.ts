import { randomUUID } from 'node:crypto';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { isDuplicate } from '../../database/database-error.ts';
import type { KeyManagerRow } from '../../devportal/stores/key-managers.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { type KeyManagerBody, settingsOf } from './key-manager-body.ts';

/** Adds a Key Manager. @throws RestError 409 for a name that is taken */
export const insertKeyManager = async (statements: Statements, body: KeyManagerBody): Promise<KeyManagerRow> => {
  const row = rowOf(randomUUID(), body);
  try {
    await statements.execute(
      `INSERT INTO AM_KEY_MANAGER (UUID, NAME, DISPLAY_NAME, DESCRIPTION, TYPE, CONFIGURATION, ENABLED, TENANT_DOMAIN)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [row.id, row.name, row.displayName, row.description, row.type, bytesOf(row), row.enabled, row.tenantDomain],
    );
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause;
    throw new RestError('alreadyExists', `Key manager Already Exist by Name ${row.name} in tenant ${row.tenantDomain}`);
  }
  return row;
};

/** Writes all of a Key Manager anew but its id and name. */
export const updateKeyManager = async (
  statements: Statements,
  { id }: KeyManagerRow,
  body: KeyManagerBody,
): Promise<KeyManagerRow> => {
  const row = rowOf(id, body);
  await statements.execute(
    `UPDATE AM_KEY_MANAGER SET DISPLAY_NAME = ?, DESCRIPTION = ?, TYPE = ?, CONFIGURATION = ?, ENABLED = ? WHERE UUID = ?`,
    [row.displayName, row.description, row.type, bytesOf(row), row.enabled, id],
  );
  return row;
};

export const deleteKeyManager = async (statements: Statements, { id }: KeyManagerRow): Promise<void> => {
  await statements.execute('DELETE FROM AM_KEY_MANAGER WHERE UUID = ?', [id]);
};

const rowOf = (id: string, body: KeyManagerBody): KeyManagerRow => ({
  id,
  name: body.name,
  displayName: body.displayName ?? body.name,
  description: body.description ?? null,
  type: body.type,
  enabled: body.enabled ?? true,
  tenantDomain: SUPER_TENANT_DOMAIN,
  configuration: settingsOf(body),
});

const bytesOf = ({ configuration }: KeyManagerRow): Buffer => Buffer.from(JSON.stringify(configuration), 'utf8');
