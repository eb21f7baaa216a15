import { z } from 'zod';
import type { Statements } from '../../database/database.ts';
import { urlMappingsOf } from './url-mappings.ts';

const row = z.object({
  API_ID: z.number(),
  API_PROVIDER: z.string(),
  API_NAME: z.string(),
  API_VERSION: z.string(),
  CONTEXT: z.string(),
  API_TIER: z.string().nullable(),
  API_TYPE: z.string().nullable(),
  PUBLISHED_DEFAULT_API_VERSION: z.string().nullable(),
});

/** One API by its id, or by context (with the version in it) and version; by none of them, all. */
export type ApiQuery = { readonly id: number | null; readonly context: string | null; readonly version: string | null };

/** APIs as gateways of 3.2.0 keep them (wire.md 2.3), in whatever state of their life cycle. */
export const listApis = async (
  statements: Statements,
  { id, context, version }: ApiQuery,
): Promise<readonly object[]> => {
  // The product singles an API out only when it has both.
  const both = context !== null && version !== null;
  const found = await statements.query(
    `SELECT a.API_ID, a.API_PROVIDER, a.API_NAME, a.API_VERSION, a.CONTEXT, a.API_TIER, a.API_TYPE,
       d.PUBLISHED_DEFAULT_API_VERSION
     FROM AM_API a LEFT JOIN AM_API_DEFAULT_VERSION d ON d.API_NAME = a.API_NAME AND d.API_PROVIDER = a.API_PROVIDER
       AND d.PUBLISHED_DEFAULT_API_VERSION = a.API_VERSION
     WHERE a.CONTEXT IS NOT NULL AND (? IS NULL OR a.API_ID = ?)
       AND (? IS NULL OR (a.CONTEXT = ? AND a.API_VERSION = ?)) ORDER BY a.API_ID`,
    [id, id, both ? context : null, context, version],
  );
  const rows = found.map((each) => row.parse(each));
  const mappings = await urlMappingsOf(
    statements,
    rows.map(({ API_ID }) => API_ID),
  );
  return rows.map((api) => ({
    apiId: api.API_ID,
    provider: api.API_PROVIDER,
    name: api.API_NAME,
    version: api.API_VERSION,
    context: api.CONTEXT,
    policy: api.API_TIER,
    apiType: api.API_TYPE,
    isDefaultVersion: api.PUBLISHED_DEFAULT_API_VERSION !== null,
    urlMappings: mappings.get(api.API_ID) ?? [],
  }));
};
