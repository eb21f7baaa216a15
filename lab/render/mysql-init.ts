import type { Plan, PlannedSchema } from '../plan/plan.ts';

/**
 * Statements that bring MySQL to the plan's schemas and users, whatever it held before. One per line and no comments, as
 * mysqld's `init_file` wants them (the topology allows no line ends). latin1, because the product's indexes are too long for utf8mb4 (configuration.md 7).
 * Tables are not made here: the image brings them.
 */
export const renderMysqlInit = ({ database: { apim, shared } }: Plan): string => {
  const schemas = [apim, shared];
  const statements = [...schemas.map(createSchema), ...schemas.flatMap(createUser), ...schemas.map(grant)];
  return [...new Set(statements)].map((statement) => `${statement};\n`).join('');
};

const createSchema = ({ name }: PlannedSchema): string =>
  `CREATE DATABASE IF NOT EXISTS ${sqlIdentifier(name)} CHARACTER SET latin1`;

/** A user that exists gets the plan's password; MySQL 8 takes no password in GRANT (configuration.md 7). */
const createUser = (schema: PlannedSchema): readonly string[] => [
  `CREATE USER IF NOT EXISTS ${account(schema)}`,
  `ALTER USER ${account(schema)} IDENTIFIED BY ${sqlText(schema.password)}`,
];

const grant = (schema: PlannedSchema): string =>
  `GRANT ALL PRIVILEGES ON ${sqlIdentifier(schema.name)}.* TO ${account(schema)}`;

/** From any address: nodes come from their own. */
const account = ({ username }: PlannedSchema): string => `${sqlText(username)}@'%'`;

/** A name in backquotes. */
export const sqlIdentifier = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** A text literal. */
export const sqlText = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
