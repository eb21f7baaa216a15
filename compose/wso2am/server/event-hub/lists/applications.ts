import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

const row = z
  .object({
    APPLICATION_ID: z.number(),
    UUID: z.string().nullable(),
    NAME: z.string(),
    USER_ID: z.string(),
    APPLICATION_TIER: z.string().nullable(),
    TOKEN_TYPE: z.string().nullable(),
  })
  .transform((application) => ({
    id: application.APPLICATION_ID,
    uuid: application.UUID,
    name: application.NAME,
    subName: application.USER_ID,
    policy: application.APPLICATION_TIER,
    tokenType: application.TOKEN_TYPE,
    // Groups and attributes of applications are not simulated.
    groupIds: [],
    attributes: {},
  }));

/** Applications as gateways of 3.2.0 keep them (wire.md 2.3). @param id of the only one to list; null: all */
export const listApplications = async (statements: Statements, id: number | null): Promise<readonly object[]> => {
  const rows = await statements.query(
    `SELECT a.APPLICATION_ID, a.UUID, a.NAME, s.USER_ID, a.APPLICATION_TIER, a.TOKEN_TYPE
     FROM AM_APPLICATION a JOIN AM_SUBSCRIBER s ON s.SUBSCRIBER_ID = a.SUBSCRIBER_ID
     WHERE s.TENANT_ID = ? AND (? IS NULL OR a.APPLICATION_ID = ?) ORDER BY a.APPLICATION_ID`,
    [SUPER_TENANT_ID, id, id],
  );
  return rows.map((each) => row.parse(each));
};
