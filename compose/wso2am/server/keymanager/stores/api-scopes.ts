import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import type { ScopeRoles } from '../scopes.ts';

/** 3.2.0 moved the scopes of APIs from the identity tables to tables of its own (wire.md 8.2). */
const IDENTITY_TABLES = `
  SELECT s.NAME, b.SCOPE_BINDING FROM AM_APPLICATION_KEY_MAPPING m
  JOIN AM_SUBSCRIPTION u ON u.APPLICATION_ID = m.APPLICATION_ID
  JOIN AM_API_SCOPES a ON a.API_ID = u.API_ID
  JOIN IDN_OAUTH2_SCOPE s ON s.SCOPE_ID = a.SCOPE_ID AND s.TENANT_ID = ?
  LEFT JOIN IDN_OAUTH2_SCOPE_BINDING b ON b.SCOPE_ID = s.SCOPE_ID
  WHERE m.CONSUMER_KEY = ?`;

const OWN_TABLES = `
  SELECT s.NAME, b.SCOPE_BINDING FROM AM_APPLICATION_KEY_MAPPING m
  JOIN AM_SUBSCRIPTION u ON u.APPLICATION_ID = m.APPLICATION_ID
  JOIN AM_API_URL_MAPPING r ON r.API_ID = u.API_ID
  JOIN AM_API_RESOURCE_SCOPE_MAPPING a ON a.URL_MAPPING_ID = r.URL_MAPPING_ID
  JOIN AM_SCOPE s ON s.NAME = a.SCOPE_NAME AND s.TENANT_ID = ?
  LEFT JOIN AM_SCOPE_BINDING b ON b.SCOPE_ID = s.SCOPE_ID
  WHERE m.CONSUMER_KEY = ?`;

const QUERY: Readonly<Record<Version, string>> = {
  '3.0.0': IDENTITY_TABLES,
  '3.1.0': IDENTITY_TABLES,
  '3.2.0': OWN_TABLES,
};

const scopeRow = z.object({ NAME: z.string(), SCOPE_BINDING: z.string().nullable() });

/** Scopes of the APIs that a client's application is subscribed to, each with the roles it is bound to. */
export const apiScopes = async (statements: Statements, version: Version, consumerKey: string): Promise<ScopeRoles> => {
  const rows = await statements.query(QUERY[version], [SUPER_TENANT_ID, consumerKey]);
  const roles = new Map<string, Set<string>>();
  for (const row of rows) {
    const { NAME: scope, SCOPE_BINDING: binding } = scopeRow.parse(row);
    const bound = roles.get(scope) ?? new Set();
    // One role each row, or several with commas, as whoever made the API wrote them.
    for (const role of (binding ?? '').split(',')) if (role.trim() !== '') bound.add(role.trim());
    roles.set(scope, bound);
  }
  return roles;
};
