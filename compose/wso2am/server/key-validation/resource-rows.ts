import { z } from 'zod';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import type { Statements } from '../database/database.ts';
import type { UriTemplateInfo } from './uri-template-info.ts';

const templateRow = z
  .object({
    HTTP_METHOD: z.string(),
    AUTH_SCHEME: z.string().nullable(),
    URL_PATTERN: z.string(),
    THROTTLING_TIER: z.string().nullable(),
    APPLICABLE_LEVEL: z.string().nullable(),
  })
  .transform(
    (row): UriTemplateInfo => ({
      httpVerb: row.HTTP_METHOD,
      authType: row.AUTH_SCHEME ?? 'Any',
      uriTemplate: row.URL_PATTERN,
      throttlingTier: row.THROTTLING_TIER || 'Unlimited',
      // Of an advanced policy's condition groups gateways hear nothing: only its default limit is simulated.
      throttlingConditions: ['_default'],
      applicableLevel: row.APPLICABLE_LEVEL ?? 'apiLevel',
    }),
  );

/** The resources of an API, in the order in which they were stored. */
export const findUriTemplates = async (
  statements: Statements,
  context: string,
  version: string,
): Promise<readonly UriTemplateInfo[]> => {
  const rows = await statements.query(
    `SELECT r.HTTP_METHOD, r.AUTH_SCHEME, r.URL_PATTERN, r.THROTTLING_TIER, p.APPLICABLE_LEVEL
     FROM AM_API a JOIN AM_API_URL_MAPPING r ON r.API_ID = a.API_ID
     LEFT JOIN AM_API_THROTTLE_POLICY p ON p.NAME = r.THROTTLING_TIER AND p.TENANT_ID = ?
     WHERE a.CONTEXT = ? AND a.API_VERSION = ? ORDER BY r.URL_MAPPING_ID`,
    [SUPER_TENANT_ID, context, version],
  );
  return rows.map((row) => templateRow.parse(row));
};

const scopeRow = z.object({ SCOPE_NAME: z.string() });

/**
 * Scopes one of which a call of the resource needs; none where any token will do. Read from 3.2.0's table in all versions:
 * the lab's schema has no IDN_OAUTH2_RESOURCE_SCOPE.
 */
export const findResourceScopes = async (
  statements: Statements,
  resource: {
    readonly context: string;
    readonly version: string;
    readonly template: string;
    readonly verb: string;
  },
): Promise<readonly string[]> => {
  const rows = await statements.query(
    `SELECT DISTINCT s.SCOPE_NAME FROM AM_API a
     JOIN AM_API_URL_MAPPING r ON r.API_ID = a.API_ID
     JOIN AM_API_RESOURCE_SCOPE_MAPPING s ON s.URL_MAPPING_ID = r.URL_MAPPING_ID AND s.TENANT_ID = ?
     WHERE a.CONTEXT = ? AND a.API_VERSION = ? AND r.URL_PATTERN = ? AND r.HTTP_METHOD = ?`,
    [SUPER_TENANT_ID, resource.context, resource.version, resource.template, resource.verb],
  );
  return rows.map((row) => scopeRow.parse(row).SCOPE_NAME);
};
