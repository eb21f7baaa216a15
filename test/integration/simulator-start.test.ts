import { once } from 'node:events';
import { readFileSync, unlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import '../../scripts/fresh-bundles.mjs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { HOME_PATHS } from '../../lab/product/image.ts';
import { LISTENER_NAMES, type Listener, listenersOf, portOf } from '../../lab/product/ports.ts';
import { ROLE_FACTS, ROLES } from '../../lab/product/roles.ts';
import type { Version } from '../../lab/product/versions.ts';
import type { Credential } from '../../lab/render/certificates/certificate-set.ts';
import { serverCredential, testAuthority } from '../unit/simulator/loopback-tls.ts';
import { type MysqlServer, startMysql } from './mysql-server.ts';
import { freeOffset, makeHome, type NodeProcess, startNode } from './simulator-process.ts';

let authority: Credential;
let key: Credential;
let mysql: MysqlServer;
beforeAll(async () => {
  authority = await testAuthority();
  key = await serverCredential(authority, 'localhost');
  mysql = await startMysql();
});
afterAll(() => mysql.stop());

const H2 = '[database.shared_db]\ntype = "h2"\nusername = "u"\npassword = "p"\n';

const tomlOf = (offset: number, rest = H2): string => `
[server]
hostname = "localhost"
node_ip = "127.0.0.1"
offset = ${offset}
[super_admin]
username = "admin"
password = "admin"
[user_store]
type = "database"
${rest}`;

const databaseTables = async (): Promise<string> => {
  const tables = await Promise.all(
    (['apim_db', 'shared_db'] as const).map(async (script) => {
      const { host, port, database, username, password } = await mysql.schema(script);
      return `[database.${script}]\ntype = "mysql"\nhostname = "${host}"\nport = "${port}"\nname = "${database}"\nusername = "${username}"\npassword = "${password}"\n`;
    }),
  );
  return tables.join('');
};

const homeOf = (toml: string, version: Version = '3.0.0'): string => makeHome(version, toml, key, authority);

const GATEWAY = '-Dprofile=gateway-worker';

/** A started gateway with the URL of its plain servlet port. */
const startGateway = async (...args: readonly string[]) => {
  const offset = await freeOffset();
  const node = startNode(homeOf(tomlOf(offset)), GATEWAY, ...args);
  await node.started();
  return { node, offset, url: `http://127.0.0.1:${9763 + offset}` };
};

describe('a started node', () => {
  it('logs the lines that others wait for, on the console and in its file', async () => {
    const { node, offset } = await startGateway();
    const file = readFileSync(join(node.home, HOME_PATHS.logs, 'wso2carbon.log'), 'utf8');

    expect(node.output()).toMatch(/ {2}INFO - StartupFinalizerServiceComponent WSO2 Carbon started in \d+ sec\n/);
    expect(node.output()).toContain(`Mgt Console URL  : https://localhost:${9443 + offset}/carbon/`);
    expect(file).toMatch(
      /^TID: \[-1234\] \[\] \[[^\]]+\] {2}INFO \{org\.wso2\.carbon\.core\.internal\.StartupFinalizerServiceComponent\} - Server {11}: {2}WSO2 API Manager-3\.0\.0$/m,
    );
  });

  it('answers /services/Version, and logs the access', async () => {
    const { node, url } = await startGateway();
    const answer = await fetch(`${url}/services/Version`);

    expect(await answer.text()).toBe(
      '<ns:getVersionResponse xmlns:ns="http://version.services.core.carbon.wso2.org"><return>WSO2 API Manager-3.0.0</return></ns:getVersionResponse>',
    );
    expect(readFileSync(join(node.home, HOME_PATHS.logs, 'http_access_.log'), 'utf8')).toMatch(
      /"GET \/services\/Version HTTP\/1\.1" 200 \d+/,
    );
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 after %s, with its last words', async (signal) => {
    const { node, url } = await startGateway();
    // Leaves a connection that is kept alive.
    await (await fetch(url)).text();

    node.signal(signal);

    expect(await node.ended()).toBe(0);
    expect(node.output()).toMatch(
      /Shutdown hook triggered\.\.\.\.[\s\S]*All requests have been served\.[\s\S]*Halting JVM\n$/,
    );
  });

  it('takes the role of its configuration for its profile from the second start on', async () => {
    const offset = await freeOffset();
    const role = '[apim.key_manager]\nservice_url = "https://localhost:9443/services/"\n';
    const home = homeOf(tomlOf(offset, `${H2}${role}`).replace('[server]', '[server]\nserver_role = "gateway-worker"'));

    const first = startNode(home);
    expect(await first.ended()).toBe(1);
    const second = startNode(home);
    await second.started();

    expect(first.output()).toContain('profile default');
    expect(second.output()).toContain('profile gateway-worker');
  });
});

describe('the ports of a node', () => {
  const isOpen = async (port: number): Promise<boolean> => {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    return open;
  };

  it.each((['3.0.0', '3.2.0'] as const).flatMap((version) => ROLES.map((role) => [version, role] as const)))(
    'are in %s those of its role: %s',
    async (version, role) => {
      const offset = await freeOffset();
      const { profile } = ROLE_FACTS[role];
      const home = homeOf(tomlOf(offset, await databaseTables()), version);
      await startNode(home, ...(profile === undefined ? [] : [`-Dprofile=${profile}`])).started();

      const open: Listener[] = [];
      for (const listener of LISTENER_NAMES) if (await isOpen(portOf(listener, offset))) open.push(listener);
      expect(open.sort()).toEqual([...listenersOf(role, version)].sort());
    },
  );
});

describe('two Key Managers', () => {
  it('start at the same moment on empty schemas', async () => {
    const tables = await databaseTables();
    const nodes: NodeProcess[] = [];
    const urls: string[] = [];
    for (let each = 0; each < 2; each += 1) {
      const offset = await freeOffset();
      nodes.push(startNode(homeOf(tomlOf(offset, tables)), '-Dprofile=api-key-manager'));
      urls.push(`http://127.0.0.1:${9763 + offset}/oauth2/jwks`);
    }
    await Promise.all(nodes.map((node) => node.started()));

    expect(await Promise.all(urls.map(async (url) => (await fetch(url)).status))).toEqual([200, 200]);
  });
});

describe('a start that cannot succeed ends with 1 and one line that says why', () => {
  const failure = async (home: string, ...args: readonly string[]): Promise<string> => {
    const node = startNode(home, ...args);
    expect(await node.ended()).toBe(1);
    expect(node.output()).not.toMatch(/^ {4}at /m);
    return node.output();
  };

  it('a reference to nowhere', async () => {
    const output = await failure(homeOf(`${tomlOf(0)}[x]\ny = "$ref{no.such}"\n`), GATEWAY);

    expect(output).toMatch(
      /SEVERE .* Error while performing configuration changes\n.*Configuration with key no\.such doesn't exist/,
    );
  });

  it('a profile that does not exist', async () => {
    expect(await failure(homeOf(tomlOf(0)), '-Dprofile=gateway-manager')).toContain('gateway-manager');
  });

  it('a missing deployment.toml', async () => {
    const home = homeOf('');
    unlinkSync(join(home, HOME_PATHS.deploymentToml));

    expect(await failure(home, GATEWAY)).toMatch(/FATAL - ConfigParser Cannot read .*deployment\.toml/);
  });

  it('a wrong alias in the key store', async () => {
    const toml = tomlOf(0, `${H2}[keystore.tls]\nalias = "gw"\n`);

    expect(await failure(homeOf(toml), GATEWAY)).toMatch(
      /FATAL - KeyStoreManager .*no alias "gw"; it has "wso2carbon"/,
    );
  });

  it('a port in use', async () => {
    const offset = await freeOffset();
    const taken = createServer().listen(8280 + offset, '0.0.0.0');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());

    expect(await failure(homeOf(tomlOf(offset)), GATEWAY)).toMatch(
      new RegExp(
        `FATAL - ServerManager Failed to start the listener on port ${8280 + offset} .*Address already in use`,
      ),
    );
  });

  it('a database that does not answer', async () => {
    const closed = 'type = "mysql"\nhostname = "127.0.0.1"\nport = "1"\nname = "x"\nusername = "u"\npassword = "p"\n';

    expect(await failure(homeOf(tomlOf(0, `[database.shared_db]\n${closed}`)), GATEWAY)).toMatch(
      /FATAL - DataSourceRepository Error in creating connection of WSO2_SHARED_DB to jdbc:mysql:\/\/127\.0\.0\.1:1\/x: Cannot create PoolableConnectionFactory \(.*ECONNREFUSED/,
    );
  });

  it('a Key Manager on H2, as --optimize leaves it', async () => {
    const home = homeOf(tomlOf(0));
    const output = await failure(home, '--optimize', '-Dprofile=api-key-manager');

    expect(output).toContain('FATAL - DataSourceRepository H2 for [database.apim_db] is not simulated');
    expect(readFileSync(join(home, `${HOME_PATHS.deploymentToml}.backup`), 'utf8')).toContain('node_ip');
  });

  it('a schema without tables', async () => {
    const { port, username, password } = await mysql.schema('apim_db');
    const table = `[database.shared_db]\ntype = "mysql"\nhostname = "127.0.0.1"\nport = "${port}"\nname = "mysql"\nusername = "${username}"\npassword = "${password}"\n`;

    expect(await failure(homeOf(tomlOf(0, table)), GATEWAY)).toMatch(
      /FATAL - DefaultRealm Cannot create the user realm: Table 'mysql\.UM_DOMAIN' doesn't exist/,
    );
  });
});
