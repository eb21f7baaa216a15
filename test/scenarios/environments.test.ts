import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { untilServed } from '../../lab/probes/journey/await-gateways.ts';
import { openSession } from '../../lab/probes/journey/open-session.ts';
import { publishApi } from '../../lab/probes/journey/publish-api.ts';
import { LISTENER_NAMES, portOf } from '../../lab/product/ports.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

let lab: LabUnderTest;
afterEach(() => lab.dispose());

const bringUp = async (name: string, version: string, ...flags: readonly string[]) => {
  lab = new LabUnderTest(`t-${name}`);
  const text = readFileSync(new URL(`../../fixtures/topologies/${name}.yaml`, import.meta.url), 'utf8');
  lab.write(text.replace(/^lab:.*$/m, `lab: ${lab.name}\nversion: ${version}`));
  return JSON.parse((await lab.ok('up', '--json', ...flags)).stdout);
};

describe('two gateway environments', () => {
  it.each(['3.0.0', '3.2.0'])('of %s serve the APIs that name them, and no others', async (version) => {
    const status: LabStatus = await bringUp('two-environments', version, '--no-probes');
    const http = httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000);
    const session = await openSession({ http, status });
    const origin = (gateway: string) => status.nodes.find(({ name }) => name === gateway)?.urls.passthroughHttps;
    const [internal, external] = status.environments;
    expect([internal, external].map((each) => [each?.name, each?.gateways])).toEqual([
      ['Internal', ['gw-1', 'gw-2']],
      ['External', ['gw-3']],
    ]);
    const publish = (name: string, gatewayEnvironments: readonly string[]) =>
      publishApi(session, {
        name,
        context: `/${name}`,
        version: '1.0.0',
        backend: 'http://backend:8080',
        policies: ['Unlimited'],
        operations: [{ target: '/orders', verb: 'GET' }],
        more: { gatewayEnvironments },
      });
    const outside = await publish('outside', ['External']);
    const both = await publish('both', ['Internal', 'External']);
    const url = (gateway: string, path: string) => `${origin(gateway)}${path}/orders`;
    // Once what came later is there, what came earlier would be.
    for (const gateway of ['gw-1', 'gw-2', 'gw-3']) await untilServed(http, url(gateway, both.path));
    const answers = ['gw-1', 'gw-2', 'gw-3'].map(async (each) => (await http({ url: url(each, outside.path) })).status);
    expect(await Promise.all(answers)).toEqual([404, 404, 401]);
    const balanced = [internal, external].map(
      async (each) => (await http({ url: `${each?.urls.passthroughHttps}${outside.path}/orders` })).status,
    );
    expect(await Promise.all(balanced)).toEqual([404, 401]);
    await lab.ok('probe', 'artifact-sync');
  });
});

/** Prints those of its arguments, `host:port` each, that it can connect to within three seconds. */
const CONNECT = `for (const target of process.argv.slice(1)) {
  const socket = require('node:net').connect({ host: target.split(':')[0], port: Number(target.split(':')[1]) });
  socket.on('connect', () => { console.log(target); socket.destroy(); }).on('error', () => {});
  setTimeout(() => socket.destroy(), 3000);
}`;

/** Those of the targets that a node's container can connect to. */
const reachableFrom = async (node: string, targets: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await lab.ok('exec', node, 'timeout', '30', 'node', '-e', CONNECT, ...targets);
  return stdout.split('\n').filter((line) => line !== '');
};

/** Every address in the lab's own network and every name of the firewall, with every port that anything in a lab listens on. */
const everythingBehind = async (names: readonly string[]): Promise<readonly string[]> => {
  const ports = [...LISTENER_NAMES.map((listener) => portOf(listener, 0)), 80, 443, 2049, 3306, 8080, 10_000, 10_001];
  const containers = Object.values(await lab.containers()).map((id) => docker.getContainer(id).inspect());
  const addresses = (await Promise.all(containers)).flatMap(({ NetworkSettings }) =>
    Object.entries(NetworkSettings.Networks).flatMap(([network, { IPAddress }]) =>
      network.endsWith('_lab') ? [IPAddress] : [],
    ),
  );
  expect(addresses.length).toBeGreaterThan(8);
  return [...addresses, ...names].flatMap((host) => ports.map((port) => `${host}:${port}`));
};

describe('a gateway in the DMZ', () => {
  it.each([
    ['3.0.0', []],
    ['3.2.0', [9443]],
  ])('of %s passes the probes, and reaches what its configuration names and nothing else', async (version, hub) => {
    const status: LabStatus & { probes: { verdict: string }[] } = await bringUp('gateway-dmz', version);
    expect(status.probes.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(status.environments[1]).toMatchObject({ name: 'External', dmz: true, gateways: ['gw-2'] });

    const named = (host: string, ports: readonly number[]) => ports.map((port) => `${host}.${lab.name}.test:${port}`);
    const open = [...named('km-1', [9443]), ...named('tm-1', [5672, ...hub, 9611, 9711]), ...named('backend', [8080])];
    const targets = await everythingBehind([...new Set(open.map((each) => each.split(':')[0] ?? ''))]);
    expect((await reachableFrom('gw-2', [...new Set([...targets, ...open])])).toSorted()).toEqual(open.toSorted());
    // They are there: a gateway inside reaches them.
    const inside = await reachableFrom('gw-1', ['mysql:3306', 'pub-1:9443', 'km-1:9763', 'tm-1:8672', 'lb:443']);
    expect(inside).toHaveLength(5);
  });
});
