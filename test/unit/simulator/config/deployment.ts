import type { Configuration } from '../../../../compose/wso2am/server/config/configuration.ts';
import { loadConfiguration } from '../../../../compose/wso2am/server/config/load-configuration.ts';
import type { Version } from '../../../../lab/product/versions.ts';

type Fields = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

/** Tables of a `deployment.toml` by name; a list stands for an array of tables. */
export type Tables = Readonly<Record<string, Fields | readonly Fields[]>>;

/** The least a node starts with (configuration.md 4.4). */
export const MINIMAL = {
  server: { node_ip: '127.0.0.1' },
  super_admin: { username: 'admin', password: 'admin' },
  user_store: { type: 'database' },
  'database.shared_db': {
    type: 'mysql',
    hostname: 'db',
    port: '3306',
    name: 'shared_db',
    username: 'u',
    password: 'p',
  },
} as const satisfies Tables;

const isList = (table: Fields | readonly Fields[]): table is readonly Fields[] => Array.isArray(table);

/** TOML text of tables; JSON's way to write texts, numbers, flags and lists is also TOML's. */
export const tomlOf = (tables: Tables): string =>
  Object.entries(tables)
    .flatMap(([name, table]) =>
      isList(table)
        ? table.map((each) => `[[${name}]]\n${fieldsOf(each)}`)
        : [name === '' ? fieldsOf(table) : `[${name}]\n${fieldsOf(table)}`],
    )
    .join('\n');

const fieldsOf = (fields: Fields): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join('');

export type Surroundings = {
  readonly version?: Version;
  readonly environment?: Readonly<Record<string, string>>;
  readonly systemProperties?: Readonly<Record<string, string>>;
};

export const loadText = (text: string, around: Surroundings = {}): Configuration =>
  loadConfiguration({
    text,
    version: around.version ?? '3.0.0',
    environment: around.environment ?? {},
    systemProperties: around.systemProperties ?? {},
  });

/** Loads the minimal configuration with whole tables replaced or added. */
export const load = (changes: Tables = {}, around: Surroundings = {}): Configuration =>
  loadText(tomlOf({ ...MINIMAL, ...changes }), around);
