import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { httpClient } from '../../lab/probes/http-client.ts';
import { until } from '../../lab/probes/until.ts';
import { LabUnderTest } from './lab-under-test.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/topologies/${name}.yaml`, import.meta.url), 'utf8');

let lab: LabUnderTest | undefined;
afterEach(() => lab?.dispose());

/** Brings a fixture up under a name of the test's and returns what `up` answered. */
const bringUp = async (name: string, extra = '', ...flags: readonly string[]) => {
  lab = new LabUnderTest(`t-${name.replaceAll('.', '-')}`);
  lab.write(fixture(name).replace(/^lab:.*$/m, `lab: ${lab.name}${extra}`));
  return JSON.parse((await lab.ok('up', '--json', ...flags)).stdout);
};

/** The same in a version that the fixture does not name itself. */
const bringUpIn = (version: string, name: string, ...flags: readonly string[]) =>
  bringUp(name, `\nversion: ${version}`, ...flags);

const inBoth = (...names: readonly string[]) =>
  names.flatMap((name) => ['3.0.0', '3.2.0'].map((version) => [name, version] as const));

/** Below the product home. */
const SYNAPSE_CONFIGS = 'repository/deployment/server/synapse-configs/default';

const passArtifactSync = async (): Promise<void> => {
  const { verdict, hops } = JSON.parse((await lab?.run('probe', 'artifact-sync', '--json'))?.stdout ?? '');
  expect(hops.filter((hop: { verdict: string }) => hop.verdict !== 'pass')).toEqual([]);
  expect(verdict).toBe('pass');
};

describe('a lab from a topology of fixtures/', () => {
  it.each(['five-node-3.1.0', 'pairs-3.2.0'])('%s passes the probes of every start', async (name) => {
    const up = await bringUp(name);
    expect(up.nodes.every(({ health }: { health: string }) => health === 'healthy')).toBe(true);
    expect(up.probes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it.each(inBoth('key-manager-pair', 'publisher-pair', 'developer-portal-pair', 'simple-scalable', 'eight-gateways'))(
    '%s of %s is healthy and issues tokens',
    async (name, version) => {
      const up = await bringUpIn(version, name, '--no-probes');
      expect(up.nodes.every(({ health }: { health: string }) => health === 'healthy')).toBe(true);
      await lab?.ok('probe', 'token-issuance');
    },
  );

  it.each([
    ...inBoth('all-in-one-pair', 'traffic-manager-pair', 'gateway-pair'),
    ['pairs', '3.0.0'] as const,
    ['gateway-rsync', '3.2.0'] as const,
  ])('%s of %s works from the same files everywhere', async (name, version) => {
    await bringUpIn(version, name, '--no-probes');
    await passArtifactSync();
  });

  it('gateway-event-hub brings APIs to every gateway by events, at its start and on request', async () => {
    const up = await bringUp('gateway-event-hub', '', '--no-probes', '--sample-api');
    await passArtifactSync();
    const http = httpClient(readFileSync(up.trust.caFile, 'utf8'), 5_000);
    const { pathname } = new URL(up.sampleApi.url);
    const gateways: { name: string; urls: { https: string; passthroughHttps: string } }[] = up.nodes.filter(
      ({ role }: { role: string }) => role === 'gateway',
    );
    /** Without a token: 401 of who serves the API, 404 of who does not. */
    const untilAll = async (statuses: readonly number[]) => {
      for (const [index, { urls }] of gateways.entries()) {
        const look = () => http({ url: urls.passthroughHttps + pathname });
        const wanted = statuses[index];
        await until(`${wanted}`, { limit: 20_000, interval: 50 }, look, ({ status }) => status === wanted);
      }
    };
    await untilAll([401, 401, 401]);

    await lab?.ok('fault', 'gw-1', 'kill', '--for', '1');
    await untilAll([401, 401, 401]);
    const files = await lab?.ok(
      'exec',
      'gw-1',
      'bash',
      '-c',
      `ls ${SYNAPSE_CONFIGS}/api 2>/dev/null | grep -c Library; true`,
    );
    expect(files?.stdout.trim()).toBe('0');

    const third = gateways[2]?.urls.https;
    const ask = (what: string) =>
      http({
        url: `${third}/api/am/gateway/v1/${what}?apiName=${up.sampleApi.name}&version=${up.sampleApi.version}`,
        method: 'POST',
        headers: { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
      });
    expect((await ask('undeploy-api')).status).toBe(200);
    await untilAll([401, 401, 404]);
    expect((await ask('redeploy-api')).status).toBe(200);
    await untilAll([401, 401, 401]);
  });

  it('gateway-rsync of 3.0.0 works from the same files, which nobody but rsync writes to the workers', async () => {
    await bringUp('gateway-rsync', '', '--no-probes');
    await passArtifactSync();
    const file = `${SYNAPSE_CONFIGS}/x.xml`;
    expect((await lab?.run('exec', 'gw-2', 'touch', file))?.code).not.toBe(0);
    await lab?.ok('exec', 'gw-1', 'touch', file);
    const copied = `until [ -e ${file} ]; do sleep 0.1; done`;
    for (const worker of ['gw-2', 'gw-3']) await lab?.ok('exec', worker, 'timeout', '30', 'bash', '-c', copied);
  });

  it('five-node says that it has nothing to share, and proves nothing by it', async () => {
    await bringUp('five-node', '', '--no-probes');
    const run = await lab?.run('probe', 'artifact-sync', '--json');
    expect(run?.code).toBe(3);
    expect(JSON.parse(run?.stdout ?? '').hops).toMatchObject([{ name: 'share', verdict: 'unknown' }]);
  });

  it("documentation, with the hosts, offsets and MySQL root user of the product's page", async () => {
    const up = await bringUp('documentation');
    expect(up.nodes.map(({ hostname, offset }: { hostname: string; offset: number }) => [hostname, offset])).toEqual([
      ['km.wso2.com', 0],
      ['pub.wso2.com', 1],
      ['store.wso2.com', 2],
      ['tm.wso2.com', 3],
      ['gw.wso2.com', 4],
    ]);
    expect(up.probes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it('with all nodes on one machine, told apart by offsets', async () => {
    lab = new LabUnderTest('t-one-host');
    const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
    const nodes = roles.map((role, offset) => `  - { role: ${role}, host: vm, offset: ${offset} }\n`).join('');
    lab.write(`lab: ${lab.name}\nnodes:\n${nodes}`);
    const up = JSON.parse((await lab.ok('up', '--json')).stdout);
    expect(new Set(up.nodes.map(({ address }: { address: string }) => address)).size).toBe(1);
    expect(up.probes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it('all-in-one-pair shares all of the deployment directory, as the page of 3.0.0 has it', async () => {
    await bringUp('all-in-one-pair', '\nsharedFileSystem: { directories: server }', '--no-probes');
    await lab?.ok('probe', 'artifact-sync');
    await lab?.ok('exec', 'aio-1', 'touch', 'repository/deployment/server/shared');
    await lab?.ok('exec', 'aio-2', 'ls', 'repository/deployment/server/shared');
    expect((await lab?.ok('exec', 'aio-2', 'mount'))?.stdout).toMatch(
      /\/export\/server-all-in-one on \S+\/deployment\/server /,
    );
  });

  it('with a plain volume instead of NFS', async () => {
    const up = await bringUp('gateway-pair', '\nsharedFileSystem: { type: volume }');
    expect(up.parts.map(({ name }: { name: string }) => name)).not.toContain('nfs');
    await lab?.ok('exec', 'gw-1', 'touch', `${SYNAPSE_CONFIGS}/x.xml`);
    await lab?.ok('exec', 'gw-2', 'ls', `${SYNAPSE_CONFIGS}/x.xml`);
  });
});
