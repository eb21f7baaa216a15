import { z } from 'zod';
import type { Statements } from '../database/database.ts';

const row = z.object({ KEY_TEMPLATE: z.string() });

/** Key templates of the custom policies, each once (wire.md 5.10). */
export const readKeyTemplates = async (statements: Statements): Promise<readonly string[]> => {
  const rows = await statements.query('SELECT DISTINCT KEY_TEMPLATE FROM AM_POLICY_GLOBAL ORDER BY KEY_TEMPLATE');
  return rows.map((each) => row.parse(each).KEY_TEMPLATE);
};
