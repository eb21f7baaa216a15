import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildStandIn } from '../product-stand-in/build-stand-in.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

const PRODUCT = 'apim-lab-test/wso2am-failures:3.0.0';
const WITHOUT_CONNECTOR = 'apim-lab-test/wso2am-failures:3.2.0';

/** Images of customers, built on a published one. */
const OWN = {
  optimizes: ['ENTRYPOINT ["/home/wso2carbon/docker-entrypoint.sh", "--optimize"]'],
  // As far as the image tells, nothing is wrong with these two.
  'optimizes-unseen': ['ENTRYPOINT ["sh", "-c", "exec ./docker-entrypoint.sh --optimize -Dprofile=default"]'],
  'mounts-elsewhere': ['ENTRYPOINT ["sh", "-c", "exec $WSO2_SERVER_HOME/bin/wso2server.sh"]'],
  foreign: ['USER root', String.raw`RUN rm /bin/sh && printf '\177ELF' >/bin/sh && chmod +x /bin/sh`],
  'without-netcat': ['USER root', 'RUN rm -f /bin/nc* /usr/bin/nc*', 'USER wso2carbon'],
} as const;
const own = (name: keyof typeof OWN): string => `apim-lab-test/own-${name}:1.4`;
const IMAGES = [PRODUCT, WITHOUT_CONNECTOR, ...Object.keys(OWN).map((name) => `apim-lab-test/own-${name}:1.4`)];

let lab: LabUnderTest;
const newLab = (name: string, text = 'nodes:\n  - role: all-in-one\n'): LabUnderTest => {
  lab = new LabUnderTest(name);
  lab.write(`lab: ${name}\n${text}`);
  return lab;
};
const problemsOf = async (...args: readonly string[]): Promise<unknown> =>
  JSON.parse((await lab.run('up', '--json', ...args)).stdout).problems;

beforeAll(async () => {
  await buildStandIn(PRODUCT, '3.0.0');
  await buildStandIn(WITHOUT_CONNECTOR, '3.2.0');
  for (const [name, lines] of Object.entries(OWN)) {
    const input = [`FROM ${PRODUCT}`, ...lines].join('\n');
    execFileSync('docker', ['build', '--quiet', '--tag', `apim-lab-test/own-${name}:1.4`, '-'], { input });
  }
});
afterEach(() => lab.dispose());
afterAll(async () => {
  for (const image of IMAGES.toReversed()) await docker.getImage(image).remove({ force: true });
});

describe('an image for product nodes that cannot serve', () => {
  afterEach(async () => expect(await lab.leftovers()).toEqual([]));

  it('is of another version than its tag or the lab: the version to write is said', async () => {
    newLab('t-product-unfit', 'version: 3.1.0\nnodes:\n  - role: all-in-one\n');
    expect(await problemsOf('--product', own('without-netcat'))).toMatchObject([
      {
        code: 'PRODUCT_VERSION',
        evidence: expect.stringContaining('wso2am-3.0.0'),
        hint: expect.stringContaining('version: 3.0.0'),
      },
    ]);
  });

  it('is no product at all, has no netcat, or starts with --optimize', async () => {
    newLab('t-product-unfit');
    for (const [image, sentence] of [
      ['debian:trixie-slim', 'has no /home/wso2carbon/wso2am-3.0.0'],
      [own('without-netcat'), 'lacks netcat'],
      [own('optimizes'), 'with --optimize'],
    ] as const) {
      const problem = { code: 'PRODUCT_IMAGE_UNFIT', sentence: expect.stringContaining(sentence) };
      expect(await problemsOf('--product', image)).toMatchObject([problem]);
    }
  });

  it('is for another processor', async () => {
    newLab('t-product-unfit');
    expect(await problemsOf('--product', own('foreign'))).toMatchObject([
      { code: 'PRODUCT_IMAGE_UNFIT', hint: expect.stringContaining('another processor') },
    ]);
  });

  it('has no JDBC driver, and the topology brings none', async () => {
    newLab('t-product-unfit');
    expect(await problemsOf('--product', WITHOUT_CONNECTOR)).toMatchObject([
      {
        code: 'CONNECTOR_MISSING',
        sentence: expect.stringContaining(WITHOUT_CONNECTOR),
        hint: expect.stringContaining('database.connector'),
      },
    ]);
  });
});

describe('a product node that cannot start', () => {
  it.each(['optimizes-unseen', 'mounts-elsewhere'] as const)(
    'comes up beside its deployment.toml: %s',
    async (name) => {
      newLab('t-product-aside');
      expect(await problemsOf('--product', own(name))).toMatchObject([
        {
          code: 'CONFIGURATION_UNUSED',
          node: 'aio-1',
          evidence: expect.stringContaining('it says hostname = "localhost"'),
          hint: expect.stringContaining('--optimize'),
        },
      ]);
    },
  );

  it('finds no driver in the jar that was brought', async () => {
    newLab('t-product-driver', 'database: { connector: other.jar }\nnodes:\n  - role: all-in-one\n');
    writeFileSync(join(lab.home, 'other.jar'), 'no driver of MySQL');
    expect(await problemsOf('--product', WITHOUT_CONNECTOR)).toMatchObject([
      { code: 'NODE_EXITED', node: 'aio-1', evidence: expect.stringContaining('ClassNotFoundException') },
    ]);
  });

  it('may not write where it must', async () => {
    newLab('t-product-mount', 'sharedFileSystem: { type: volume }\nnodes:\n  - role: all-in-one\n');
    // A volume from before, filled by root.
    const volume = `apim-${lab.name}_synapse-configs`;
    const labels = { 'com.docker.compose.project': `apim-${lab.name}`, 'com.docker.compose.volume': 'synapse-configs' };
    await docker.createVolume({ Name: volume, Labels: { ...labels, 'apim-lab.lab': lab.name } });
    const fill = ['run', '--rm', '--volume', `${volume}:/volume`, 'debian:trixie-slim', 'touch', '/volume/old.xml'];
    execFileSync('docker', fill);
    expect(await problemsOf('--product', PRODUCT)).toMatchObject([
      {
        code: 'NODE_EXITED',
        node: 'aio-1',
        evidence: expect.stringContaining('synapse-configs (Permission denied)'),
        hint: expect.stringContaining('logs aio-1'),
      },
    ]);
  });

  it('finds the data of simulator nodes', async () => {
    newLab('t-product-taken');
    await lab.ok('up');
    expect(await problemsOf('--product', PRODUCT)).toMatchObject([
      {
        code: 'SCHEMA_TAKEN',
        node: 'mysql',
        sentence: expect.stringContaining('tables of simulator'),
        hint: expect.stringContaining('down'),
      },
    ]);
  });

  it('is killed for want of memory', async () => {
    newLab('t-product-memory', 'nodes:\n  - { role: all-in-one, memory: 16m }\n');
    expect(await problemsOf('--product', PRODUCT)).toMatchObject([
      {
        code: 'NODE_EXITED',
        node: 'aio-1',
        sentence: expect.stringContaining('more memory'),
        hint: expect.stringContaining('"memory"'),
      },
    ]);
  });
});
