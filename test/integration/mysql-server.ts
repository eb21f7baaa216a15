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
  stop(): Promise<void>;
};

const USER = { username: 'tester', password: 'tester' };

const docker = async (...args: readonly string[]): Promise<string> => (await run('docker', [...args])).stdout.trim();

/** Runs the lab's own MySQL image with a port on loopback, for one test file. */
export const startMysql = async (): Promise<MysqlServer> => {
  const { mysql: image } = await labImages(ROOT);
  const container = await docker('run', '--detach', '--rm', '--publish', '127.0.0.1::3306', image);
  const stop = async (): Promise<void> => void (await docker('rm', '--force', container));
  const statement = (sql: string, database = 'mysql'): Promise<string> =>
    docker('exec', container, 'mysql', '-uroot', database, '-e', sql);

  const prepare = async (): Promise<number> => {
    await vi.waitFor(() => statement('SELECT 1'), { timeout: 60_000, interval: 200 });
    await statement(`CREATE USER '${USER.username}'@'%' IDENTIFIED BY '${USER.password}'`);
    await statement(`GRANT ALL ON *.* TO '${USER.username}'@'%'`);
    const [address] = (await docker('port', container, '3306')).split('\n');
    return Number(address?.split(':').at(-1));
  };
  const port = await prepare().catch(async (cause: unknown) => {
    await stop();
    throw cause;
  });

  let schemas = 0;
  return {
    schema: async (script) => {
      schemas += 1;
      const database = `${script}_${schemas}`;
      await statement(`CREATE DATABASE ${database} CHARACTER SET latin1`);
      await statement(await readFile(`${ROOT}/compose/mysql/schema/${script}.sql`, 'utf8'), database);
      return { host: '127.0.0.1', port, database, ...USER };
    },
    stop,
  };
};
