import type { Role } from '../../../../lab/product/roles.ts';
import type { Log } from '../carbon/log.ts';
import { StartFailure } from '../carbon/start-failure.ts';
import type { Configuration } from '../config/configuration.ts';
import { type Datasource, datasource } from '../config/datasource.ts';
import type { Database } from './database.ts';
import { jdbcKind, parseMysqlUrl } from './jdbc-url.ts';
import { openMysqlDatabase } from './mysql-database.ts';

export type Datasources = { readonly apim?: Database; readonly shared?: Database };

/** Tables of `deployment.toml` and the datasources made of them (configuration.md 7). */
const DATASOURCES = { apim: ['apim_db', 'WSO2AM_DB'], shared: ['shared_db', 'WSO2_SHARED_DB'] } as const;

/** Roles that keep applications, tokens and APIs in `apim_db`; the others only open it (configuration.md 6.1). */
const NEEDS_APIM_DB: readonly Role[] = ['key-manager', 'publisher', 'developer-portal', 'all-in-one'];

/** A database of its own for what Publishers save and gateways fetch (configuration.md 7). */
const ARTIFACTS_DB = 'database.sync_runtime_artifacts_db.';

const CLASS = 'org.wso2.carbon.ndatasource.core.DataSourceRepository';

/**
 * Opens the datasources that are MySQL and asks each for an answer. H2 counts as absent: what little a gateway or Traffic
 * Manager keeps there lives in memory.
 * @throws StartFailure a database that does not answer, or of a kind that is not simulated
 */
export const openDatasources = async (
  configuration: Configuration,
  role: Role,
  authorities: readonly string[],
  log: Log,
): Promise<Datasources> => {
  const opened: { apim?: Database; shared?: Database } = {};
  for (const key of ['apim', 'shared'] as const) {
    const [table, name] = DATASOURCES[key];
    const database = await openDatasource(configuration, table, name, authorities);
    if (database) opened[key] = database;
    else log.info(`${name} is H2; the simulator keeps its content in memory`);
  }
  if ([...configuration.entries()].some(([key]) => key.startsWith(ARTIFACTS_DB)))
    log.warn(`Not simulated: [${ARTIFACTS_DB.slice(0, -1)}], runtime artifacts are in WSO2AM_DB`);
  if (!opened.apim && NEEDS_APIM_DB.includes(role))
    throw new StartFailure(CLASS, `H2 for [database.apim_db] is not simulated for the role ${role}: use MySQL`);
  return opened;
};

const openDatasource = async (
  configuration: Configuration,
  table: 'apim_db' | 'shared_db',
  name: string,
  authorities: readonly string[],
): Promise<Database | undefined> => {
  const source = datasource(configuration, table);
  const kind = jdbcKind(source.url);
  if (kind === 'h2') return undefined;
  if (kind !== 'mysql')
    throw new StartFailure(
      CLASS,
      `[database.${table}] of kind "${kind || source.url}" is not simulated: use MySQL or H2`,
    );

  const address = parseMysqlUrl(source.url);
  if (!address) throw new StartFailure(CLASS, `Cannot load connection of ${name}: malformed URL ${source.url}`);
  const { username, password, maxActive } = source;
  const maxWait = configuration.number(`database.${table}.pool_options.maxWait`);
  const database = await openMysqlDatabase({ name, address, username, password, maxActive, maxWait, authorities });
  await validate(database, source);
  return database;
};

/** The product half-starts without its database (wire.md 9.3); a lab is served better by a node that ends and says so. */
const validate = async (database: Database, { url, validationQuery }: Datasource): Promise<void> => {
  try {
    await database.query(validationQuery ?? 'SELECT 1');
  } catch (cause) {
    await database.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartFailure(
      CLASS,
      `Error in creating connection of ${database.name} to ${url}: Cannot create PoolableConnectionFactory (${reason})`,
      cause,
    );
  }
};
