import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { isLatin1 } from '../../database/is-latin1.ts';

const row = z
  .object({
    WF_TYPE: z.string(),
    WF_STATUS: z.string(),
    WF_CREATED_TIME: z.date().nullable(),
    WF_UPDATED_TIME: z.date().nullable(),
    WF_EXTERNAL_REFERENCE: z.string(),
    WF_STATUS_DESC: z.string().nullable(),
  })
  .transform((found) => ({
    workflowType: found.WF_TYPE.replace(/^AM_/, ''),
    workflowStatus: found.WF_STATUS,
    createdTime: found.WF_CREATED_TIME?.toISOString() ?? null,
    updatedTime: found.WF_UPDATED_TIME?.toISOString() ?? null,
    referenceId: found.WF_EXTERNAL_REFERENCE,
    properties: {},
    description: found.WF_STATUS_DESC,
  }));

const SELECT = `
  SELECT WF_TYPE, WF_STATUS, WF_CREATED_TIME, WF_UPDATED_TIME, WF_EXTERNAL_REFERENCE, WF_STATUS_DESC FROM AM_WORKFLOWS
  WHERE WF_STATUS = 'CREATED' AND TENANT_ID = ?`;

/** Bodies of the workflows that nobody decided on yet. @param type of all of them; empty for any */
export const listPendingWorkflows = async (statements: Statements, type: string): Promise<readonly object[]> => {
  const sql = `${SELECT}${type === '' ? '' : ' AND WF_TYPE = ?'} ORDER BY WF_ID`;
  return (await statements.query(sql, [SUPER_TENANT_ID, ...(type === '' ? [] : [type])])).map((each) =>
    row.parse(each),
  );
};

export const findPendingWorkflow = async (statements: Statements, reference: string): Promise<object | undefined> => {
  if (!isLatin1(reference)) return undefined;
  const [found] = await statements.query(`${SELECT} AND WF_EXTERNAL_REFERENCE = ?`, [SUPER_TENANT_ID, reference]);
  return found && row.parse(found);
};
