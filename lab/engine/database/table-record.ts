import { sqlIdentifier, sqlText } from '../../render/mysql-init.ts';
import type { Mysql } from './mysql-client.ts';

/** Table in a schema that says what made the others, so that they are made once; nodes know nothing of it. */
const RECORD = 'APIM_LAB_TABLES';

/** What a schema holds, as far as it matters for making its tables. */
export type SchemaState =
  | { readonly kind: 'empty' }
  /** Made by `origin`; not complete when that was broken off. */
  | { readonly kind: 'made'; readonly origin: string; readonly complete: boolean }
  /** Tables that came with the data directory of the image or are from before. */
  | { readonly kind: 'unrecorded'; readonly rows: boolean };

/** Reads the state of a schema that exists. */
export const readState = async (mysql: Mysql, schema: string): Promise<SchemaState> => {
  const tables = (
    await mysql(`SELECT table_name FROM information_schema.tables WHERE table_schema = ${sqlText(schema)}`)
  ).flat();
  if (tables.length === 0) return { kind: 'empty' };
  if (tables.includes(RECORD)) {
    const [[origin = '', complete] = []] = await mysql(`SELECT ORIGIN, COMPLETE FROM ${RECORD}`, schema);
    return { kind: 'made', origin, complete: complete === '1' };
  }
  const filled = tables.map((table) => `EXISTS (SELECT 1 FROM ${sqlIdentifier(table)})`).join(' OR ');
  const [[rows] = []] = await mysql(`SELECT ${filled}`, schema);
  return { kind: 'unrecorded', rows: rows === '1' };
};

/** Statements that say that `origin` begins to make the tables. */
export const begin = (origin: string): string =>
  `CREATE TABLE ${RECORD} (ORIGIN VARCHAR(255) NOT NULL, COMPLETE BOOLEAN NOT NULL);
INSERT INTO ${RECORD} VALUES (${sqlText(origin)}, FALSE);`;

/** Statement that says that it is done. */
export const COMPLETE = `UPDATE ${RECORD} SET COMPLETE = TRUE;`;
