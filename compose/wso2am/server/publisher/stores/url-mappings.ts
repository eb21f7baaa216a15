import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import type { Api } from '../model/api.ts';
import { AUTH_SCHEMES } from '../model/operation.ts';
import { writeScopes } from './scopes.ts';

/** Puts the operations of an API, and the scopes they ask for, into the tables that key validation reads. */
export const writeUrlMappings = async (statements: Statements, version: Version, api: Api): Promise<void> => {
  await statements.execute('DELETE FROM AM_API_URL_MAPPING WHERE API_ID = ?', [api.rowId]);
  const mappings: number[] = [];
  for (const { target, verb, authType, throttlingPolicy } of api.operations) {
    const { insertId } = await statements.execute(
      'INSERT INTO AM_API_URL_MAPPING (API_ID, HTTP_METHOD, AUTH_SCHEME, URL_PATTERN, THROTTLING_TIER) VALUES (?, ?, ?, ?, ?)',
      [api.rowId, verb, AUTH_SCHEMES[authType], target, throttlingPolicy],
    );
    mappings.push(insertId);
  }
  await writeScopes(statements, version, api);
  if (version === '3.2.0') await mapScopes(statements, api, mappings);
};

/** 3.2.0 says by row which scopes a resource asks for. */
const mapScopes = async (statements: Statements, api: Api, mappings: readonly number[]): Promise<void> => {
  for (const [index, { scopes }] of api.operations.entries()) {
    for (const scope of new Set(scopes)) {
      await statements.execute(
        'INSERT INTO AM_API_RESOURCE_SCOPE_MAPPING (SCOPE_NAME, URL_MAPPING_ID, TENANT_ID) VALUES (?, ?, ?)',
        [scope, mappings[index] ?? null, SUPER_TENANT_ID],
      );
    }
  }
};

const row = z
  .object({ URL_MAPPING_ID: z.number(), HTTP_METHOD: z.string(), URL_PATTERN: z.string() })
  .transform(({ URL_MAPPING_ID: id, HTTP_METHOD: httpVerb, URL_PATTERN: resourcePath }) => ({
    id,
    resourcePath,
    httpVerb,
  }));

/** The resources of an API as their rows have them. */
export const listUrlMappings = async (
  statements: Statements,
  apiRowId: number,
): Promise<readonly z.infer<typeof row>[]> => {
  const rows = await statements.query(
    'SELECT URL_MAPPING_ID, HTTP_METHOD, URL_PATTERN FROM AM_API_URL_MAPPING WHERE API_ID = ? ORDER BY URL_MAPPING_ID',
    [apiRowId],
  );
  return rows.map((each) => row.parse(each));
};
