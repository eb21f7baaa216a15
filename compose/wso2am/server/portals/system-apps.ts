import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { Statements } from '../database/database.ts';

const row = z.object({ CONSUMER_KEY: z.string() });

/** Client id of a portal, kept where all nodes of the deployment find it (wire.md 8.2); undefined before its first log-in. */
export const findSystemApp = async (statements: Statements, name: string): Promise<string | undefined> => {
  const sql = 'SELECT CONSUMER_KEY FROM AM_SYSTEM_APPS WHERE NAME = ? AND TENANT_DOMAIN = ?';
  const [found] = await statements.query(sql, [name, SUPER_TENANT_DOMAIN]);
  return found && row.parse(found).CONSUMER_KEY;
};

export type SystemApp = { readonly name: string; readonly consumerKey: string; readonly consumerSecret: string };

/** @throws DatabaseError, a duplicate, where another node kept one of this name meanwhile */
export const insertSystemApp = async (statements: Statements, app: SystemApp): Promise<void> => {
  await statements.execute(
    'INSERT INTO AM_SYSTEM_APPS (NAME, CONSUMER_KEY, CONSUMER_SECRET, TENANT_DOMAIN) VALUES (?, ?, ?, ?)',
    [app.name, app.consumerKey, app.consumerSecret, SUPER_TENANT_DOMAIN],
  );
};
