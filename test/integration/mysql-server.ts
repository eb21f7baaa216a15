import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startMysqlContainer } from '../containers/mysql-container.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A schema of a test of its own. */
export type TestSchema = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
};

export type MysqlServer = {
  /** A new database with the tables of a script under `compose/mysql/schema`. */
  schema(script: 'apim_db' | 'shared_db'): Promise<TestSchema>;
  stop(): Promise<void>;
};

const USER = { username: 'tester', password: 'tester' };

/** Runs the lab's own MySQL image with a port on loopback, for one test file. */
export const startMysql = async (): Promise<MysqlServer> => {
  const container = await startMysqlContainer();
  const statement = async (sql: string, database = 'mysql'): Promise<void> => {
    const { exitCode, output } = await container.exec(['mysql', '-uroot', database, '-e', sql]);
    if (exitCode !== 0) throw new Error(output);
  };
  await statement(`CREATE USER '${USER.username}'@'%' IDENTIFIED BY '${USER.password}'`);
  await statement(`GRANT ALL ON *.* TO '${USER.username}'@'%'`);

  let schemas = 0;
  return {
    schema: async (script) => {
      schemas += 1;
      const database = `${script}_${schemas}`;
      await statement(`CREATE DATABASE ${database} CHARACTER SET latin1`);
      await statement(await readFile(`${ROOT}/compose/mysql/schema/${script}.sql`, 'utf8'), database);
      return { host: '127.0.0.1', port: container.getMappedPort(3306), database, ...USER };
    },
    stop: async () => void (await container.stop()),
  };
};
