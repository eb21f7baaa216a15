import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

const row = z.object({ UUID: z.string(), NAME: z.string(), DESCRIPTION: z.string().nullable() });

/** The categories an API may be of, as both REST APIs show them; administrators make them. */
export const apiCategoryBodies = async (statements: Statements): Promise<readonly object[]> => {
  const rows = await statements.query(
    'SELECT UUID, NAME, DESCRIPTION FROM AM_API_CATEGORIES WHERE TENANT_ID = ? ORDER BY NAME',
    [SUPER_TENANT_ID],
  );
  return rows.map((each) => {
    const { UUID: id, NAME: name, DESCRIPTION: description } = row.parse(each);
    return { id, name, description };
  });
};
