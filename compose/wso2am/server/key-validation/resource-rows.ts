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

const scopeRow = z.object({ NAME: z.string() });

/**
 * Scopes one of which a call of the resource needs; none where any token will do. The tables of 3.0.0 and 3.1.0, whose rows go by
 * the path `<context>/<version><template>:<verb>`.
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
  const { context, version, template, verb } = resource;
  const rows = await statements.query(
    `SELECT s.NAME FROM IDN_OAUTH2_RESOURCE_SCOPE r JOIN IDN_OAUTH2_SCOPE s ON s.SCOPE_ID = r.SCOPE_ID
     WHERE r.RESOURCE_PATH = ? AND r.TENANT_ID = ?`,
    [`${context}/${version}${template}:${verb}`, SUPER_TENANT_ID],
  );
  return rows.map((row) => scopeRow.parse(row).NAME);
};
