import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { createConnection } from 'mysql2/promise';
import { z } from 'zod';
import type { Database } from '../../../compose/wso2am/server/database/database.ts';
import { openMysqlDatabase } from '../../../compose/wso2am/server/database/mysql-database.ts';

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

/** Last line of a start, after the init file. */
const READY = /ready for connections\..*port: 3306/;

const docker = new Docker();

/** The image made for the present sources; another one can be named, for its tables do not matter here. */
const imageReference = (): string => {
  const named = process.env.APIM_LAB_TEST_MYSQL_IMAGE;
  if (named !== undefined) return named;
  const printed = execFileSync('scripts/images', ['--print'], { cwd: ROOT, encoding: 'utf8' });
  return z.object({ mysql: z.string() }).parse(JSON.parse(printed)).mysql;
};

/** Starts the server on a free port of the loopback interface; resolves when it greets. */
export const startMysql = async (): Promise<MysqlUnderTest> => {
  const container = await docker.createContainer({
    Image: imageReference(),
    Labels: { 'apim-lab.test': 'oauth2' },
    ExposedPorts: { '3306/tcp': {} },
    HostConfig: { AutoRemove: true, PortBindings: { '3306/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  });
  await container.start();
  const dispose = async (): Promise<void> => {
    await container.remove({ force: true });
  };
  try {
    await isReady(container);
    const port = Number((await container.inspect()).NetworkSettings.Ports['3306/tcp']?.[0]?.HostPort);
    for (const name of Object.keys(DATABASES) as DatabaseName[]) await renew(port, name);
    return {
      open: (name) => open(port, name),
      dispose,
    };
  } catch (cause) {
    await dispose();
    throw cause;
  }
};

const isReady = async (container: Docker.Container): Promise<void> => {
  const log = await container.logs({ follow: true, stdout: true, stderr: true });
  let text = '';
  for await (const chunk of log) {
    text += String(chunk);
    if (READY.test(text)) return;
  }
  throw new Error(`MySQL ended before it was ready:\n${text}`);
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
