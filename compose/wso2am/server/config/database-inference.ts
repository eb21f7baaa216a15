import { type Consequences, type Inference, rowsFor, V30 } from './inference-row.ts';

/** Any `[database.<name>]`. */
const ANY = 'database.$1';
const any = rowsFor(`${ANY}.type`);

const APIM = 'database.apim_db';
const apim = rowsFor(`${APIM}.type`);

/** Parts of a URL are references, so one left out stops the start, unless the URL itself is given (configuration.md 7). */
const parts = (table: string) => ({
  address: `$ref{${table}.hostname}:$ref{${table}.port}`,
  name: `$ref{${table}.name}`,
  sid: `$ref{${table}.sid}`,
});
const { address, name, sid } = parts(ANY);

const database = (table: string, driver: string, url: string, validationQuery: string): Consequences => ({
  [`${table}.driver`]: driver,
  [`${table}.url`]: url,
  [`${table}.validationQuery`]: validationQuery,
});

const mysql = (table: string): Consequences => {
  const { address, name } = parts(table);
  return database(table, 'com.mysql.jdbc.Driver', `jdbc:mysql://${address}/${name}`, 'SELECT 1');
};

const h2 = (table: string, file: string): Consequences => {
  const url = `jdbc:h2:./repository/database/${file};DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000`;
  return database(table, 'org.h2.Driver', url, 'SELECT 1');
};

const SQL_SERVER = `jdbc:sqlserver://${address};databaseName=${name};SendStringParametersAsUnicode=false`;

/**
 * Driver, URL and validation query by type (configuration.md 7; carbon-kernel `infer.json`). 3.0.0 has rows of its own for
 * apim_db, and only these two: rows for the exact key hide the pattern, so `oracle` infers nothing for it there
 * (product-apim v3.0.0 `infer.json`). From 3.1.0 on an apim_db of type h2 is the file WSO2CARBON_DB.
 */
export const DATABASE_INFERENCES: readonly Inference[] = [
  apim('mysql', mysql(APIM), V30),
  apim('h2', h2(APIM, 'WSO2AM_DB'), V30),

  any('mysql', mysql(ANY)),
  any('h2', h2(ANY, 'WSO2CARBON_DB')),
  any('oracle', database(ANY, 'oracle.jdbc.OracleDriver', `jdbc:oracle:thin:@${address}/${sid}`, 'SELECT 1 FROM DUAL')),
  any('mssql', database(ANY, 'com.microsoft.sqlserver.jdbc.SQLServerDriver', SQL_SERVER, 'SELECT 1')),
  any(
    'db2',
    database(ANY, 'com.ibm.db2.jcc.DB2Driver', `jdbc:db2://${address}/${name}`, 'SELECT 1 FROM sysibm.sysdummy1'),
  ),
  any('postgre', database(ANY, 'org.postgresql.Driver', `jdbc:postgresql://${address}/${name}`, 'SELECT 1; COMMIT')),
];
