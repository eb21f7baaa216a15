import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../lab/product/versions.ts';
import { buildStandIn } from '../product-stand-in/build-stand-in.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** Stands in for the published image of a version, which no test may count on being able to pull. */
const published = (version: string): string => `apim-lab-test/wso2am:${version}`;

const ROLES = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
const nodes = (changed: Readonly<Record<string, string>> = {}) =>
  ROLES.map((role) => `  - { role: ${role}${changed[role] ?? ''} }\n`).join('');

const DRIVER = 'mysql-connector-java-8.0.28.jar';

let lab: LabUnderTest;
const newLab = (name: string, text: string): LabUnderTest => {
  lab = new LabUnderTest(name);
  lab.write(`lab: ${name}\n${text}`);
  writeFileSync(join(lab.home, DRIVER), 'driver');
  return lab;
};

const query = (statement: string): string =>
  execFileSync('docker', ['exec', `apim-${lab.name}-mysql-1`, 'mysql', '-uroot', '-N', '-e', statement], {
    encoding: 'utf8',
  }).trim();

beforeAll(async () => {
  for (const version of VERSIONS) await buildStandIn(published(version), version);
});
afterEach(() => lab.dispose());
afterAll(async () => {
  for (const version of VERSIONS) await docker.getImage(published(version)).remove({ force: true });
});

describe('a lab with product nodes', () => {
  it('mixes the product with the simulator, node by node, on tables of the product and one share', async () => {
    const product = `, image: "${published('3.2.0')}"`;
    newLab(
      't-product-mixed',
      `version: 3.2.0\ndatabase: { connector: ${DRIVER} }\n` +
        `nodes:\n${nodes({ 'key-manager': product, gateway: product })}  - role: gateway\n`,
    );
    const run = await lab.ok('up');
    expect(run.stderr).toContain(`making the tables of shared_db by the scripts of ${published('3.2.0')}`);
    expect(query('SELECT ORIGIN, COMPLETE FROM apim_db.APIM_LAB_TABLES')).toBe('wso2am 3.2.0 and simulator\t1');
    await lab.ok('probe', 'api-lifecycle', 'artifact-sync');
    expect((await lab.ok('up')).stderr).toContain('nothing to change');
  });

  it.each(VERSIONS)('runs --product %s on every node, each started when the schemas are filled', async (version) => {
    newLab('t-product-all', `database: { connector: ${DRIVER} }\nnodes:\n${nodes()}`);
    await lab.ok('up', '--product', published(version));
    const inspected = await Promise.all(
      Object.values(await lab.containers()).map((id) => docker.getContainer(id).inspect()),
    );
    expect(inspected.filter(({ Config }) => Config.Image === published(version))).toHaveLength(ROLES.length);
    expect(query('SELECT ORIGIN FROM shared_db.APIM_LAB_TABLES')).toBe(`wso2am ${version}`);
    const libraries = await lab.ok('exec', 'gw-1', 'ls', 'repository/components/lib');
    expect(libraries.stdout).toContain(DRIVER);
    // The server's own line, which each start of it with a profile writes.
    expect((await lab.ok('logs', 'gw-1')).stdout).toContain('profile gateway-worker');
  });
});
