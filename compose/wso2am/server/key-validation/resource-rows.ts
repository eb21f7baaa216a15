import { z } from 'zod';
import { groupsOfPolicies } from '../admin/policies/advanced/condition-groups-store.ts';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import type { Statements } from '../database/database.ts';
import { isLatin1 } from '../database/is-latin1.ts';
import { conditionGroupInfos } from './condition-group-infos.ts';
import type { UriTemplateAnswer } from './uri-template-info.ts';

/** The policy that limits nothing. */
const UNLIMITED = 'Unlimited';

const templateRow = z.object({
  HTTP_METHOD: z.string(),
  AUTH_SCHEME: z.string().nullable(),
  URL_PATTERN: z.string(),
  THROTTLING_TIER: z.string().nullable(),
  POLICY_ID: z.number().nullable(),
  APPLICABLE_LEVEL: z.string().nullable(),
});

/**
 * The resources of an API in the order in which they were stored, with the condition groups of the policy that counts: the
 * API's own, or else the resource's.
 */
export const findUriTemplates = async (
  statements: Statements,
  context: string,
  version: string,
): Promise<readonly UriTemplateAnswer[]> => {
  if (!isLatin1(context + version)) return [];
  const found = await statements.query(
    `SELECT r.HTTP_METHOD, r.AUTH_SCHEME, r.URL_PATTERN, r.THROTTLING_TIER, p.POLICY_ID, p.APPLICABLE_LEVEL
     FROM AM_API a JOIN AM_API_URL_MAPPING r ON r.API_ID = a.API_ID
     LEFT JOIN AM_API_THROTTLE_POLICY p ON p.TENANT_ID = ?
       AND p.NAME = IF(COALESCE(a.API_TIER, '') IN ('', ?), r.THROTTLING_TIER, a.API_TIER)
     WHERE a.CONTEXT = ? AND a.API_VERSION = ? ORDER BY r.URL_MAPPING_ID`,
    [SUPER_TENANT_ID, UNLIMITED, context, version],
  );
  const rows = found.map((row) => templateRow.parse(row));
  const policies = rows.flatMap(({ POLICY_ID: policy }) => (policy === null ? [] : [policy]));
  const groups = await groupsOfPolicies(statements, [...new Set(policies)]);
  return rows.map((row) => {
    const own = row.POLICY_ID === null ? [] : (groups.get(row.POLICY_ID) ?? []);
    const conditionGroups = conditionGroupInfos(own);
    return {
      httpVerb: row.HTTP_METHOD,
      authType: row.AUTH_SCHEME ?? 'Any',
      uriTemplate: row.URL_PATTERN,
      throttlingTier: row.THROTTLING_TIER || UNLIMITED,
      throttlingConditions: conditionGroups.map(({ conditionGroupId }) => conditionGroupId),
      ...(own.length > 0 && { conditionGroups }),
      applicableLevel: row.APPLICABLE_LEVEL ?? 'apiLevel',
    };
  });
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
  const path = `${context}/${version}${template}:${verb}`;
  if (!isLatin1(path)) return [];
  const rows = await statements.query(
    `SELECT s.NAME FROM IDN_OAUTH2_RESOURCE_SCOPE r JOIN IDN_OAUTH2_SCOPE s ON s.SCOPE_ID = r.SCOPE_ID
     WHERE r.RESOURCE_PATH = ? AND r.TENANT_ID = ?`,
    [path, SUPER_TENANT_ID],
  );
  return rows.map((row) => scopeRow.parse(row).NAME);
};
