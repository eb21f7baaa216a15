import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import type { Database } from '../../../compose/wso2am/server/database/database.ts';
import { openMysqlDatabase } from '../../../compose/wso2am/server/database/mysql-database.ts';
import { startMysqlContainer } from '../../containers/mysql-container.ts';

/** Databases of the image with their users (compose/mysql/init.sql). */
const DATABASES = {
  apim: { name: 'apim_db', user: 'apimadmin' },
  shared: { name: 'shared_db', user: 'sharedadmin' },
} as const;

export type DatabaseName = keyof typeof DATABASES;

/** A MySQL server of the lab's image in a container of its own, with empty tables as the tree describes them. */
export type MysqlUnderTest = {
  /** Another pool of connections, as another node would have. */
  open(database: DatabaseName): Promise<Database>;
  dispose(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts the server on a free port of the loopback interface; resolves when it greets. */
export const startMysql = async (): Promise<MysqlUnderTest> => {
  const container = await startMysqlContainer();
  const dispose = async (): Promise<void> => {
    await container.stop();
  };
  try {
    const port = container.getMappedPort(3306);
    for (const name of Object.keys(DATABASES) as DatabaseName[]) await renew(port, name);
    return { open: (name) => open(port, name), dispose };
  } catch (cause) {
    await dispose();
    throw cause;
  }
};

/** Makes the tables anew: those baked into the image may be older than the tree's. */
const renew = async (port: number, database: DatabaseName): Promise<void> => {
  const { name, user } = DATABASES[database];
  const schema = readFileSync(`${ROOT}compose/mysql/schema/${name}.sql`, 'utf8');
  const connection = await createConnection({
    host: '127.0.0.1',
    port,
    user,
    password: user,
    multipleStatements: true,
  });
  await connection.query(`DROP DATABASE ${name}; CREATE DATABASE ${name} CHARACTER SET latin1; USE ${name}; ${schema}`);
  await connection.end();
};

const open = (port: number, database: DatabaseName): Promise<Database> => {
  const { name, user } = DATABASES[database];
  return openMysqlDatabase({
    name,
    address: { host: '127.0.0.1', port, database: name, tls: 'none' },
    username: user,
    password: user,
    maxActive: 50,
    maxWait: 10_000,
    authorities: [],
  });
};
