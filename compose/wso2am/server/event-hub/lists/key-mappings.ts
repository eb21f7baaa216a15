import { z } from 'zod';
import type { Statements } from '../../database/database.ts';

const row = z
  .object({
    APPLICATION_ID: z.number(),
    CONSUMER_KEY: z.string(),
    KEY_TYPE: z.string(),
    KEY_MANAGER: z.string(),
  })
  .transform((mapping) => ({
    applicationId: mapping.APPLICATION_ID,
    consumerKey: mapping.CONSUMER_KEY,
    keyType: mapping.KEY_TYPE,
    keyManager: mapping.KEY_MANAGER,
  }));

export type KeyMappingQuery = { readonly consumerKey: string | null; readonly keyManager: string | null };

/** Which application an OAuth client belongs to, as gateways of 3.2.0 keep it (wire.md 2.3). */
export const listKeyMappings = async (
  statements: Statements,
  { consumerKey, keyManager }: KeyMappingQuery,
): Promise<readonly object[]> => {
  const rows = await statements.query(
    `SELECT APPLICATION_ID, CONSUMER_KEY, KEY_TYPE, KEY_MANAGER FROM AM_APPLICATION_KEY_MAPPING
     WHERE CONSUMER_KEY IS NOT NULL AND (? IS NULL OR CONSUMER_KEY = ?) AND (? IS NULL OR KEY_MANAGER = ?)
     ORDER BY APPLICATION_ID, KEY_TYPE`,
    [consumerKey, consumerKey, keyManager, keyManager],
  );
  return rows.map((each) => row.parse(each));
};
