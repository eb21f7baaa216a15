import { z } from 'zod';
import type { Statements } from '../../database/database.ts';

/** A resource of an API, with the scopes one of which a call needs. */
export type UrlMapping = {
  readonly authScheme: string | null;
  readonly throttlingPolicy: string | null;
  readonly httpMethod: string;
  readonly urlPattern: string;
  readonly scopes: readonly string[];
};

const row = z.object({
  URL_MAPPING_ID: z.number(),
  API_ID: z.number(),
  HTTP_METHOD: z.string(),
  AUTH_SCHEME: z.string().nullable(),
  URL_PATTERN: z.string(),
  THROTTLING_TIER: z.string().nullable(),
  SCOPE_NAME: z.string().nullable(),
});

/** The resources of these APIs by `API_ID`, in the order in which they were stored; an API without any is not there. */
export const urlMappingsOf = async (
  statements: Statements,
  apiIds: readonly number[],
): Promise<ReadonlyMap<number, readonly UrlMapping[]>> => {
  if (apiIds.length === 0) return new Map();
  const found = await statements.query(
    `SELECT m.URL_MAPPING_ID, m.API_ID, m.HTTP_METHOD, m.AUTH_SCHEME, m.URL_PATTERN, m.THROTTLING_TIER, s.SCOPE_NAME
     FROM AM_API_URL_MAPPING m LEFT JOIN AM_API_RESOURCE_SCOPE_MAPPING s ON s.URL_MAPPING_ID = m.URL_MAPPING_ID
     WHERE m.API_ID IN (${apiIds.map(() => '?').join(', ')}) ORDER BY m.URL_MAPPING_ID, s.SCOPE_NAME`,
    apiIds,
  );
  const byApi = new Map<number, Map<number, UrlMapping>>();
  for (const each of found) {
    const { URL_MAPPING_ID: id, API_ID: api, SCOPE_NAME: scope, ...mapping } = row.parse(each);
    const mappings = byApi.get(api) ?? new Map<number, UrlMapping>();
    mappings.set(id, {
      authScheme: mapping.AUTH_SCHEME,
      throttlingPolicy: mapping.THROTTLING_TIER,
      httpMethod: mapping.HTTP_METHOD,
      urlPattern: mapping.URL_PATTERN,
      scopes: [...(mappings.get(id)?.scopes ?? []), ...(scope === null ? [] : [scope])],
    });
    byApi.set(api, mappings);
  }
  return new Map([...byApi].map(([api, mappings]) => [api, [...mappings.values()]]));
};
