import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildStandIn } from '../product-stand-in/build-stand-in.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** Stand-ins for the published images, which no test may count on being able to pull. */
const PRODUCT = 'apim-lab-test/wso2am:3.2.0';
const WITHOUT_CONNECTOR = 'apim-lab-test/wso2am-bare:3.2.0';

const ROLES = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
const nodes = (changed: Readonly<Record<string, string>> = {}) =>
  ROLES.map((role) => `  - { role: ${role}${changed[role] ?? ''} }\n`).join('');

let lab: LabUnderTest;
const newLab = (name: string, text: string): LabUnderTest => {
  lab = new LabUnderTest(name);
  lab.write(`lab: ${name}\nversion: 3.2.0\n${text}`);
  return lab;
};

const query = (statement: string): string =>
  execFileSync('docker', ['exec', `apim-${lab.name}-mysql-1`, 'mysql', '-uroot', '-N', '-e', statement], {
    encoding: 'utf8',
  }).trim();

beforeAll(async () => {
  await buildStandIn(PRODUCT, { version: '3.2.0' });
  await buildStandIn(WITHOUT_CONNECTOR, { version: '3.2.0', connector: '' });
});
afterEach(() => lab.dispose());
afterAll(async () => {
  for (const image of [PRODUCT, WITHOUT_CONNECTOR]) await docker.getImage(image).remove({ force: true });
});

describe('a lab with product nodes', () => {
  it('mixes a Key Manager of the product with simulator nodes, on tables of the product', async () => {
    newLab('t-product-mixed', `nodes:\n${nodes({ 'key-manager': `, image: "${PRODUCT}"` })}`);
    const run = await lab.ok('up');
    expect(run.stderr).toContain(`making the tables of shared_db by the scripts of ${PRODUCT}`);
    expect(query('SELECT ORIGIN, COMPLETE FROM apim_db.APIM_LAB_TABLES')).toBe('wso2am 3.2.0 and simulator\t1');
    await lab.ok('probe', 'api-lifecycle');
    expect((await lab.ok('up')).stderr).toContain('nothing to change');
  });

  it('runs --product on every node, each started when the schemas are filled', async () => {
    newLab('t-product-all', `nodes:\n${nodes()}`);
    await lab.ok('up', '--product', WITHOUT_CONNECTOR.replace('-bare', ''));
    const images = Object.values(await lab.containers()).map(
      async (id) => (await docker.getContainer(id).inspect()).Config.Image,
    );
    expect((await Promise.all(images)).filter((image) => image === PRODUCT)).toHaveLength(ROLES.length);
    expect(query('SELECT ORIGIN FROM shared_db.APIM_LAB_TABLES')).toBe('wso2am 3.2.0');
  });

  it('brings the JDBC driver that the topology names to an image without one, and asks for it otherwise', async () => {
    const gateway = nodes({ gateway: `, image: "${WITHOUT_CONNECTOR}"` });
    newLab('t-product-driver', `nodes:\n${gateway}`);
    const refused = await lab.run('up', '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).problems).toMatchObject([
      {
        code: 'CONNECTOR_MISSING',
        sentence: expect.stringContaining(WITHOUT_CONNECTOR),
        hint: expect.stringContaining('database.connector'),
      },
    ]);
    writeFileSync(join(lab.home, 'mysql-connector-java-8.0.28.jar'), 'driver');
    lab.write(
      `lab: ${lab.name}\nversion: 3.2.0\ndatabase: { connector: mysql-connector-java-8.0.28.jar }\nnodes:\n${gateway}`,
    );
    await lab.ok('up');
    const libraries = await lab.ok('exec', 'gw-1', 'ls', 'repository/components/lib');
    expect(libraries.stdout).toContain('mysql-connector-java-8.0.28.jar');
  });
});

describe('a lab with product nodes that cannot start', () => {
  it('says that the data was made by the simulator, and what to do', async () => {
    newLab('t-product-taken', `nodes:\n  - role: all-in-one\n`);
    await lab.ok('up');
    const run = await lab.run('up', '--product', PRODUCT, '--json');
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).problems).toMatchObject([
      {
        code: 'SCHEMA_TAKEN',
        node: 'mysql',
        sentence: expect.stringContaining('tables of simulator'),
        hint: expect.stringContaining('down'),
      },
    ]);
  });

  it('says that the image is of another version than its tag, or no product at all', async () => {
    newLab('t-product-unfit', `nodes:\n  - role: all-in-one\n`);
    const relabelled = 'apim-lab-test/wso2am:relabelled';
    await docker.getImage(PRODUCT).tag({ repo: 'apim-lab-test/wso2am', tag: 'relabelled' });
    lab.write(`lab: ${lab.name}\nversion: 3.1.0\nnodes:\n  - role: all-in-one\n`);
    const other = await lab.run('up', '--product', relabelled, '--json');
    expect(JSON.parse(other.stdout).problems).toMatchObject([
      { code: 'PRODUCT_VERSION', evidence: expect.stringContaining('wso2am-3.2.0') },
    ]);
    const none = await lab.run('up', '--product', 'debian:trixie-slim', '--json');
    expect(JSON.parse(none.stdout).problems).toMatchObject([{ code: 'PRODUCT_IMAGE_UNFIT' }]);
    await docker.getImage(relabelled).remove();
    expect(await lab.leftovers()).toEqual([]);
  });
});
