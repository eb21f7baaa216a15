import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mysqlIn } from '../../../lab/engine/database/mysql-client.ts';
import { prepareDatabase } from '../../../lab/engine/database/prepare-database.ts';
import { startMysqlContainer } from '../../containers/mysql-container.ts';
import { planTopology, type TopologyInput } from '../../unit/render/plan-topology.ts';

// Each step asks MySQL by a process of its own in the container.
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { signal } = new AbortController();

/** Images that hold nothing but the scripts of the product's databases. */
const SCRIPTS = {
  'apim-lab-test/dbscripts:good':
    'CREATE TABLE UM_USER (UM_ID INTEGER PRIMARY KEY, UM_USER_NAME VARCHAR(255) NOT NULL);',
  'apim-lab-test/dbscripts:bad': 'CREATE TABLE UM_USER (UM_ID INTEGER PRIMARY KEY);\\nCREATE TABEL UM_ROLE;',
} as const;
type Image = keyof typeof SCRIPTS;

const buildScripts = (tag: string, script: string): void => {
  const home = '/home/wso2carbon/wso2am-3.0.0/dbscripts';
  const input = `FROM debian:trixie-slim
RUN mkdir -p ${home}/apimgt && printf '${script}' | tee ${home}/mysql.sql >${home}/apimgt/mysql.sql`;
  execFileSync('docker', ['build', '--quiet', '--tag', tag, '-'], { input, stdio: ['pipe', 'pipe', 'inherit'] });
};

let server: Awaited<ReturnType<typeof startMysqlContainer>>;
beforeAll(async () => {
  for (const [tag, script] of Object.entries(SCRIPTS)) buildScripts(tag, script);
  server = await startMysqlContainer();
});
afterAll(async () => {
  await server.stop();
  for (const tag of Object.keys(SCRIPTS)) execFileSync('docker', ['rmi', tag], { stdio: 'ignore' });
});

/** A lab on schemas of its own in a MySQL from elsewhere, prepared as `up` does; yields what it said. */
const prepare = async (schema: string, nodes: TopologyInput['nodes']): Promise<readonly string[]> => {
  const said: string[] = [];
  const plan = planTopology({
    nodes,
    database: { image: 'mysql:8', apim: { name: `${schema}_apim` }, shared: { name: `${schema}_shared` } },
  });
  await prepareDatabase(server.getId(), {
    plan,
    root,
    signal,
    emit: (event) => {
      if (event.kind === 'step') said.push(event.text);
    },
  });
  return said;
};
const query = (statement: string, schema: string) => mysqlIn(server.getId(), signal)(statement, schema);
const product = (image: Image): TopologyInput['nodes'] => [{ role: 'all-in-one', image }];

describe('a MySQL that brings nothing for the lab', () => {
  it('gets the schemas, their users and the tables of simulator nodes, once', async () => {
    const simulators: TopologyInput['nodes'] = [{ role: 'all-in-one' }];
    expect(await prepare('sim', simulators)).toEqual([
      'making the tables of sim_shared',
      'making the tables of sim_apim',
    ]);
    expect(await query('SELECT COUNT(*) FROM UM_USER', 'sim_shared')).toEqual([['0']]);
    expect(await query("SHOW GRANTS FOR 'apimadmin'@'%'", 'sim_apim')).toContainEqual([
      expect.stringContaining('`sim_apim`.*'),
    ]);
    expect(await prepare('sim', simulators)).toEqual([]);
  });

  it("gets the product's tables by the scripts of its image, and what simulator nodes miss in them", async () => {
    const image = 'apim-lab-test/dbscripts:good';
    expect(await prepare('mixed', [...product(image), { role: 'gateway' }])).toEqual([
      `making the tables of mixed_shared by the scripts of ${image}`,
      `making the tables of mixed_apim by the scripts of ${image}`,
    ]);
    const columns = (await query('SHOW COLUMNS FROM UM_USER', 'mixed_shared')).map(([name]) => name);
    expect(columns).toEqual(expect.arrayContaining(['UM_ID', 'UM_USER_NAME', 'UM_USER_PASSWORD']));
    expect(await query('SHOW TABLES', 'mixed_apim')).toEqual([['APIM_LAB_TABLES'], ['UM_USER']]);
  });

  it('says what it refuses of a script; what was begun is made again', async () => {
    await expect(prepare('again', product('apim-lab-test/dbscripts:bad'))).rejects.toMatchObject({
      problems: [{ code: 'DBSCRIPTS_FAILED', node: 'mysql', evidence: expect.stringContaining('TABEL') }],
    });
    expect(await query('SELECT COMPLETE FROM APIM_LAB_TABLES', 'again_shared')).toEqual([['0']]);
    expect(await prepare('again', product('apim-lab-test/dbscripts:good'))).toHaveLength(2);
    expect(await query('SELECT ORIGIN, COMPLETE FROM APIM_LAB_TABLES', 'again_shared')).toEqual([
      ['wso2am 3.0.0', '1'],
    ]);
  });

  it('keeps tables with the data of other nodes as they are', async () => {
    await prepare('taken', [{ role: 'all-in-one' }]);
    await expect(prepare('taken', product('apim-lab-test/dbscripts:good'))).rejects.toMatchObject({
      problems: [{ code: 'SCHEMA_TAKEN', sentence: expect.stringContaining('tables of simulator') }],
    });
  });
});
