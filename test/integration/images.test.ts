import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labImages } from '../../lab/engine/lab-images.ts';
import { HOME_PATHS, IMAGE, productHome } from '../../lab/product/image.ts';
import { VERSIONS } from '../../lab/product/versions.ts';
import {
  type ContainerProject,
  docker,
  healthy,
  IDLE_SERVER,
  IDLE_SERVER_STARTED,
  startProject,
} from './container-project.ts';

const images = await labImages(fileURLToPath(new URL('../..', import.meta.url)));

const mysql = { image: images.mysql, init: true, healthcheck: healthy('mysqladmin', 'ping', '--silent') };
const simulator = {
  image: images.wso2am['3.0.0'],
  init: true,
  command: ['-Dprofile=gateway-worker'],
  volumes: [`./config:${IMAGE.configVolume}:ro`, `./artifacts:${IMAGE.artifactVolume}:ro`],
  healthcheck: IDLE_SERVER_STARTED,
};

const PROJECT = {
  services: {
    mysql: { ...mysql, volumes: ['mysql:/var/lib/mysql'] },
    'mysql-named': {
      ...mysql,
      environment: { APIM_DB: 'other_db', SHARED_DB: 'shared_db' },
      volumes: ['./init.sql:/etc/apim-lab/init.sql:ro'],
    },
    nginx: { image: images.nginx, init: true, volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro'] },
    simulator,
    'simulator-as-root': { ...simulator, user: 'root' },
  },
  volumes: { mysql: {} },
};

const FILES = {
  'init.sql': `CREATE DATABASE IF NOT EXISTS other_db CHARACTER SET latin1;
CREATE USER IF NOT EXISTS 'someone'@'%' IDENTIFIED BY 'secret';
GRANT ALL PRIVILEGES ON other_db.* TO 'someone'@'%';
`,
  'nginx.conf': `load_module modules/ngx_stream_module.so;
events {}
http { server { listen 80; location / { return 200 "served"; } } }
stream { server { listen 9000; return "streamed"; } }
`,
  [`config/${HOME_PATHS.deploymentToml}`]: 'from = "config volume"\n',
  'config/both': 'config volume\n',
  'artifacts/both': 'artifact volume\n',
  'artifacts/bin/wso2server.sh': IDLE_SERVER,
};

let project: ContainerProject;
beforeAll(async () => {
  project = await startProject('apim-lab-test-images', PROJECT, FILES);
});
afterAll(() => project.dispose());

describe('the MySQL image', () => {
  const query = (service: string, database: string, sql: string) =>
    project.inside(service, 'mysql', '-uroot', '-N', '-e', sql, database);
  const queryAs = (user: string, password: string, service: string, database: string, sql: string) =>
    project.inside(
      service,
      'mysql',
      '-h127.0.0.1',
      `--user=${user}`,
      `--password=${password}`,
      '-N',
      '-e',
      sql,
      database,
    );

  it('holds the tables of both databases', async () => {
    expect(await query('mysql', 'apim_db', 'SHOW TABLES')).toContain('IDN_OAUTH_CONSUMER_APPS');
    expect(await query('mysql', 'shared_db', 'SHOW TABLES')).toContain('UM_USER');
  });

  it.each([
    ['apim_db', 'apimadmin'],
    ['shared_db', 'sharedadmin'],
  ])('lets the default user of %s in over TCP, and has the character set of the product', async (database, user) => {
    const answer = await queryAs(user, user, 'mysql', database, 'SELECT CURRENT_USER(), @@character_set_database');
    expect(answer).toBe(`${user}@%\tlatin1`);
  });

  it('has applied the mounted init.sql when it is healthy, and filled the database of another name', async () => {
    const count = 'SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()';
    const tables = await queryAs('someone', 'secret', 'mysql-named', 'other_db', count);
    expect(Number(tables)).toBeGreaterThan(0);
    expect(tables).toBe(await query('mysql-named', 'apim_db', count));
  });

  it('lets nobody but the container itself be root', async () => {
    await expect(queryAs('root', '', 'mysql', 'mysql', 'SELECT 1')).rejects.toThrow('Access denied');
  });

  it('ends by itself on SIGTERM and keeps its data in the volume', async () => {
    await query('mysql', 'apim_db', 'CREATE TABLE kept (id INT); INSERT INTO kept VALUES (7)');
    await project.compose('rm', '--stop', '--force', 'mysql');
    await project.compose('stop', 'mysql-named');
    expect(await project.exitCode('mysql-named')).toBe(0);
    await project.compose('up', '--detach', '--wait', '--pull', 'never', 'mysql');
    expect(await query('mysql', 'apim_db', 'SELECT id FROM kept')).toBe('7');
  });
});

describe('the nginx image', () => {
  it('serves what a mounted configuration says, with http and stream, and logs to the container', async () => {
    const ask = (port: number, request: string) =>
      project.inside('nginx', 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}; echo -n '${request}' >&3; cat <&3`);
    expect(await ask(80, 'GET /\r\n')).toBe('served');
    expect(await ask(9000, '')).toBe('streamed');
    expect(await project.compose('logs', '--no-log-prefix', 'nginx')).toContain('"GET /" 200');
  });
});

describe('the simulator image', () => {
  it.each(VERSIONS)('has the home, the user and the volumes of the product image %s', async (version) => {
    const toml = `${productHome(version)}/${HOME_PATHS.deploymentToml}`;
    const paths = [productHome(version), toml, IMAGE.configVolume, IMAGE.artifactVolume, IMAGE.entrypoint];
    const script = `id -un; stat -c %u:%g ${paths.join(' ')}`;
    const answer = await docker('run', '--rm', '--entrypoint', 'bash', images.wso2am[version], '-c', script);
    expect(answer.split('\n')).toEqual([IMAGE.user, ...paths.map(() => `${IMAGE.uid}:${IMAGE.gid}`)]);
  });

  it('copies the config volume and then the artifact volume over the home', async () => {
    const home = productHome('3.0.0');
    expect(await project.inside('simulator', 'cat', `${home}/${HOME_PATHS.deploymentToml}`)).toContain('config volume');
    expect(await project.inside('simulator', 'cat', `${home}/both`)).toBe('artifact volume');
  });

  it.each(['simulator', 'simulator-as-root'])('starts the server as the product user (%s)', async (service) => {
    expect(await project.inside(service, 'cat', '/tmp/started')).toBe('802:802 -Dprofile=gateway-worker');
  });

  it('hands SIGTERM to the server', async () => {
    await project.compose('stop', 'simulator-as-root');
    expect(await project.exitCode('simulator-as-root')).toBe(0);
  });

  it.each([
    ['3.0.0', '-Dx=y'],
    ['3.2.0', '-Dprofile=gateway-worker -Dx=y'],
  ] as const)('takes PROFILE_NAME as the product image %s does', async (version, args) => {
    const server = `${productHome(version)}/bin/wso2server.sh`;
    const script = `printf '#!/bin/bash\\necho "$@"' >${server} && exec ${IMAGE.entrypoint} -Dx=y`;
    const options = ['--env', 'PROFILE_NAME=gateway-worker', '--entrypoint', 'bash'];
    expect(await docker('run', '--rm', ...options, images.wso2am[version], '-c', script)).toBe(args);
  });
});
