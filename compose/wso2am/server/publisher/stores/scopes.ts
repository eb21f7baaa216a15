import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { type Api, fullContext } from '../model/api.ts';
import type { ApiScope } from '../model/scope.ts';

/** Tables that hold scopes: those of the identity server until 3.1.0, the product's own since (wire.md 8.2). */
type ScopeTables = { readonly scope: string; readonly binding: string };

const TABLES: Readonly<Record<Version, ScopeTables>> = {
  '3.0.0': { scope: 'IDN_OAUTH2_SCOPE', binding: 'IDN_OAUTH2_SCOPE_BINDING' },
  '3.1.0': { scope: 'IDN_OAUTH2_SCOPE', binding: 'IDN_OAUTH2_SCOPE_BINDING' },
  '3.2.0': { scope: 'AM_SCOPE', binding: 'AM_SCOPE_BINDING' },
};

const idRow = z.object({ SCOPE_ID: z.number() });

/** Whether there is a scope of this name, whosever it is. */
export const isScope = async (statements: Statements, version: Version, name: string): Promise<boolean> => {
  const sql = `SELECT SCOPE_ID FROM ${TABLES[version].scope} WHERE NAME = ? AND TENANT_ID = ?`;
  return (await statements.query(sql, [name, SUPER_TENANT_ID])).length > 0;
};

/** Writes the scopes of an API with the roles they are bound to, and until 3.1.0 which resources ask for them. */
export const writeScopes = async (statements: Statements, version: Version, api: Api): Promise<void> => {
  const ids = new Map<string, number>();
  for (const scope of api.scopes) ids.set(scope.name, await writeScope(statements, TABLES[version], scope));
  if (version !== '3.2.0') await linkScopes(statements, api, ids);
};

/** Removes what `writeScopes` linked to an API; in 3.2.0 that goes with its operations. */
export const unlinkScopes = async (statements: Statements, version: Version, rowId: number): Promise<void> => {
  if (version === '3.2.0') return;
  // In these versions a scope belongs to the versions of one API, and goes with the last of them.
  await statements.execute(
    `DELETE s FROM IDN_OAUTH2_SCOPE s JOIN AM_API_SCOPES a ON a.SCOPE_ID = s.SCOPE_ID
     LEFT JOIN AM_API_SCOPES o ON o.SCOPE_ID = s.SCOPE_ID AND o.API_ID <> a.API_ID
     WHERE a.API_ID = ? AND o.API_ID IS NULL`,
    [rowId],
  );
};

/** A scope another API may have as well: a version made by copying one shares its scopes. @returns its id */
const writeScope = async (
  statements: Statements,
  tables: ScopeTables,
  { name, displayName, description, roles }: ApiScope,
): Promise<number> => {
  await statements.execute(
    `INSERT INTO ${tables.scope} (NAME, DISPLAY_NAME, DESCRIPTION, TENANT_ID, SCOPE_TYPE) VALUES (?, ?, ?, ?, 'OAUTH2')
     ON DUPLICATE KEY UPDATE DISPLAY_NAME = VALUES(DISPLAY_NAME), DESCRIPTION = VALUES(DESCRIPTION)`,
    [name, displayName, description, SUPER_TENANT_ID],
  );
  const [row] = await statements.query(`SELECT SCOPE_ID FROM ${tables.scope} WHERE NAME = ? AND TENANT_ID = ?`, [
    name,
    SUPER_TENANT_ID,
  ]);
  const { SCOPE_ID: id } = idRow.parse(row);
  await statements.execute(`DELETE FROM ${tables.binding} WHERE SCOPE_ID = ?`, [id]);
  for (const role of new Set(roles)) {
    await statements.execute(
      `INSERT INTO ${tables.binding} (SCOPE_ID, SCOPE_BINDING, BINDING_TYPE) VALUES (?, ?, 'DEFAULT')`,
      [id, role],
    );
  }
  return id;
};

const linkScopes = async (statements: Statements, api: Api, ids: ReadonlyMap<string, number>): Promise<void> => {
  await statements.execute('DELETE FROM AM_API_SCOPES WHERE API_ID = ?', [api.rowId]);
  const root = `${fullContext(api)}/${api.version}`;
  await statements.execute('DELETE FROM IDN_OAUTH2_RESOURCE_SCOPE WHERE LEFT(RESOURCE_PATH, CHAR_LENGTH(?)) = ?', [
    `${root}/`,
    `${root}/`,
  ]);
  for (const id of ids.values()) {
    await statements.execute('INSERT INTO AM_API_SCOPES (API_ID, SCOPE_ID) VALUES (?, ?)', [api.rowId, id]);
  }
  for (const { target, verb, scopes } of api.operations) {
    for (const scope of new Set(scopes)) {
      const id = ids.get(scope);
      if (id === undefined) continue;
      await statements.execute(
        'INSERT INTO IDN_OAUTH2_RESOURCE_SCOPE (RESOURCE_PATH, SCOPE_ID, TENANT_ID) VALUES (?, ?, ?)',
        [`${root}${target}:${verb}`, id, SUPER_TENANT_ID],
      );
    }
  }
};
