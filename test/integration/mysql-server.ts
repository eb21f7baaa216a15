import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import { labImages } from '../../lab/engine/lab-images.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const run = promisify(execFile);

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
  /** Stops the server's process as a crash would, or lets it go on. */
  docker(...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
};

const USER = { username: 'tester', password: 'tester' };

/** Runs the lab's own MySQL image with a port on loopback, for one test file. */
export const startMysql = async (): Promise<MysqlServer> => {
  const { mysql: image } = await labImages(ROOT);
  const { stdout: id } = await run('docker', ['run', '--detach', '--rm', '--publish', '127.0.0.1::3306', image]);
  const container = id.trim();
  const docker = async (...args: readonly string[]): Promise<string> => (await run('docker', [...args])).stdout;
  const statement = (sql: string, database?: string): Promise<string> =>
    docker('exec', container, 'mysql', '-uroot', ...(database === undefined ? [] : [database]), '-e', sql);

  await vi.waitFor(() => docker('exec', container, 'mysqladmin', 'ping', '--silent'), {
    timeout: 60_000,
    interval: 200,
  });
  const [address] = (await docker('port', container, '3306')).split('\n');
  const port = Number(address?.split(':').at(-1));
  await statement(
    `CREATE USER '${USER.username}'@'%' IDENTIFIED BY '${USER.password}'; GRANT ALL ON *.* TO '${USER.username}'@'%'`,
  );

  let schemas = 0;
  return {
    docker: (command, ...args) => docker(command ?? '', ...args, container),
    schema: async (script) => {
      schemas += 1;
      const database = `${script}_${schemas}`;
      await statement(`CREATE DATABASE ${database} CHARACTER SET latin1`);
      await statement(await readFile(`${ROOT}/compose/mysql/schema/${script}.sql`, 'utf8'), database);
      return { host: '127.0.0.1', port, database, ...USER };
    },
    stop: async () => void (await docker('rm', '--force', container)),
  };
};
