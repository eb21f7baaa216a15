import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpClient } from '../../lab/probes/http-client.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { LabUnderTest } from './lab-under-test.ts';

const lab = new LabUnderTest('t-share-away');

beforeAll(() => {
  const single = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'].map(
    (role) => `  - role: ${role}\n`,
  );
  lab.write(`lab: ${lab.name}\nnodes:\n${single.join('')}  - { role: gateway, replicas: 2 }\n`);
});
afterAll(() => lab.dispose());

it('gateways serve what they know while the share is away, and learn from it again when it is back', async () => {
  const up = JSON.parse((await lab.ok('up', '--no-probes', '--sample-api', '--json')).stdout);
  const { pathname } = new URL(up.sampleApi.url);
  const http = httpClient(readFileSync(up.trust.caFile, 'utf8'), 10_000);

  const fault = lab.start('fault', 'nfs', 'pause', '--json');
  const ended = once(fault, 'exit');
  const [applied] = await once(createInterface({ input: fault.stdout }), 'line');
  expect(JSON.parse(applied)).toMatchObject({ kind: 'applied', fault: { node: 'nfs' } });
  for (const { to, origin } of gatewayRoutes(up)) {
    const { status } = await http({
      url: origin + pathname,
      headers: { Authorization: `Bearer ${up.sampleApi.token}` },
    });
    expect([to, status]).toEqual([to, 200]);
  }
  fault.kill('SIGINT');
  await ended;

  const { verdict, hops } = JSON.parse((await lab.run('probe', 'artifact-sync', '--json')).stdout);
  expect(hops.filter((hop: { verdict: string }) => hop.verdict !== 'pass')).toEqual([]);
  expect(verdict).toBe('pass');
});
