import { sqlText } from '../../render/mysql-init.ts';
import type { Mysql } from './mysql-client.ts';

/** Holds the simulator's tables while they are compared. */
const SCRATCH = 'apim_lab_scratch';

/**
 * Adds to a schema of the product what simulator nodes need beyond it: tables it lacks, and columns that tables of both lack.
 * Added columns take no value, or have a default, so that the product's inserts go on working.
 */
export const supplementTables = async (mysql: Mysql, schema: string, simulated: string): Promise<void> => {
  await mysql(`DROP DATABASE IF EXISTS ${SCRATCH}; CREATE DATABASE ${SCRATCH} CHARACTER SET latin1;`);
  await mysql(simulated, SCRATCH);
  const additions = await mysql(`${missingTables(schema)}\n${missingColumns(schema)}`);
  if (additions.length > 0) await mysql(additions.flat().join('\n'), schema);
  await mysql(`DROP DATABASE ${SCRATCH}`);
};

/** A query for the statements that make the tables. */
const missingTables = (schema: string): string =>
  `SELECT CONCAT('CREATE TABLE \`', wanted.table_name, '\` LIKE ${SCRATCH}.\`', wanted.table_name, '\`;')
FROM information_schema.tables wanted
WHERE wanted.table_schema = '${SCRATCH}' AND wanted.table_name NOT IN (
  SELECT table_name FROM information_schema.tables WHERE table_schema = ${sqlText(schema)});`;

/** The same for columns; `information_schema` tells a default that is an expression from one that is a value. */
const missingColumns = (schema: string): string =>
  `SELECT CONCAT('ALTER TABLE \`', wanted.table_name, '\` ADD COLUMN \`', wanted.column_name, '\` ', wanted.column_type,
  CASE
    WHEN wanted.column_default IS NULL THEN ' NULL'
    WHEN wanted.extra LIKE '%DEFAULT_GENERATED%' THEN CONCAT(' DEFAULT ', wanted.column_default)
    ELSE CONCAT(' DEFAULT ', QUOTE(wanted.column_default))
  END, ';')
FROM information_schema.columns wanted
JOIN information_schema.tables made ON made.table_schema = ${sqlText(schema)} AND made.table_name = wanted.table_name
WHERE wanted.table_schema = '${SCRATCH}' AND wanted.column_name NOT IN (
  SELECT column_name FROM information_schema.columns
  WHERE table_schema = ${sqlText(schema)} AND table_name = wanted.table_name);`;
