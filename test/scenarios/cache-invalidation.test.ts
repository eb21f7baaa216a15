import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hop, ProbeReport } from '../../lab/probes/report.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** Gateways of two that the version itself leaves stale after a change (wire.md 4.2). */
const STALE = {
  // One of the two, whichever the load balancer picked, hears of it by SOAP.
  '3.0.0': { 'user deleted': 1, 'subscription deleted': 1, 'resource opened to all': 1 },
  '3.1.0': { 'user deleted': 0, 'subscription deleted': 0, 'resource opened to all': 0 },
  // The answer of the last validation is cached, whatever the gateway learns of the subscription.
  '3.2.0': { 'user deleted': 0, 'subscription deleted': 2, 'resource opened to all': 0 },
} as const;

/** The documentation gives the Portal of 3.1.0 no Traffic Manager: without one its events reach nobody. */
const topologyOf = (name: string, version: string): string => `lab: ${name}
version: ${version}
nodes:
  - role: key-manager
  - role: traffic-manager
  - role: publisher
  - role: developer-portal
    toml: |
      [[apim.throttling.url_group]]
      traffic_manager_urls = ["tcp://tm-1:9611"]
      traffic_manager_auth_urls = ["ssl://tm-1:9711"]
  - { role: gateway, replicas: 2 }
`;

describe.each(['3.0.0', '3.1.0', '3.2.0'] as const)('two gateways of %s behind one environment URL', (version) => {
  const lab = new LabUnderTest(`t-caches-${version.replaceAll('.', '-')}`);
  let report: ProbeReport;

  beforeAll(async () => {
    lab.write(topologyOf(lab.name, version));
    await lab.ok('up', '--no-probes');
    report = JSON.parse((await lab.run('probe', 'cache-invalidation', '--json')).stdout);
  });
  afterAll(() => lab.dispose());

  const hopsAt = (change: string): readonly Hop[] => report.hops.filter(({ name }) => name === change);
  const staleAfter = (change: string) => hopsAt(change).filter(({ detail }) => detail.startsWith('as documented'));

  it('pass the probe', () => {
    expect(report.hops.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(report.verdict).toBe('pass');
  });

  it.each(['token revoked at the Key Manager', 'JWT revoked at the Key Manager', 'token revoked through a gateway'])(
    'both refuse a %s',
    (change) => {
      expect(
        hopsAt(change)
          .map(({ to }) => to)
          .sort(),
      ).toEqual(['gw-1', 'gw-2']);
      expect(staleAfter(change)).toEqual([]);
    },
  );

  it.each(Object.entries(STALE[version]))(
    'have a hole just as large as documented: %s, stale gateways: %i',
    (change, stale) => {
      expect(hopsAt(change)).toHaveLength(2);
      expect(staleAfter(change)).toHaveLength(stale);
    },
  );

  it('leave nothing of the probe behind', async () => {
    expect(report.hops.filter(({ name }) => name === 'clean up').length).toBeGreaterThan(5);
  });
});

/** Five nodes, one of them with more in its deployment.toml. */
const fiveNodes = (name: string, changed: string, toml: string): string => {
  const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
  const indented = toml.replaceAll(/^/gm, '      ');
  const nodes = roles.map((role) => `  - role: ${role}\n${role === changed ? `    toml: |\n${indented}\n` : ''}`);
  return `lab: ${name}\nnodes:\n${nodes.join('')}`;
};

const REVOCATION = 'token revoked at the Key Manager';

describe('what keeps a revocation from the gateways', () => {
  const lab = new LabUnderTest('t-caches-cut');
  afterAll(() => lab.dispose());

  /** The token is accepted as long as the gateway has it cached. */
  const staysValid = async (): Promise<void> => {
    const run = await lab.run('probe', 'cache-invalidation', '--json');
    expect(run.code).toBe(1);
    const { hops }: ProbeReport = JSON.parse(run.stdout);
    const [found] = hops.filter(({ name, to }) => name === REVOCATION && to === 'gw-1');
    expect(found).toMatchObject({ verdict: 'fail', detail: expect.stringContaining('by its cache') });
  };

  it('is a Key Manager without a url group, which tells itself', async () => {
    const group = `[[apim.throttling.url_group]]
traffic_manager_urls = ["tcp://localhost:9611"]
traffic_manager_auth_urls = ["ssl://localhost:9711"]`;
    lab.write(fiveNodes(lab.name, 'key-manager', group));
    await lab.ok('up', '--no-probes');
    await staysValid();
  });

  it('is a Traffic Manager that is down', async () => {
    lab.describe();
    await lab.ok('up', '--no-probes');
    const { 'tm-1': trafficManager = '' } = await lab.containers();
    await docker.getContainer(trafficManager).pause();
    await staysValid();
  });
});

describe('a gateway without a token cache', () => {
  const lab = new LabUnderTest('t-caches-off');
  afterAll(() => lab.dispose());

  it('has no holes: it asks the Key Manager at every call', async () => {
    lab.write(fiveNodes(lab.name, 'gateway', '[apim.cache.gateway_token]\nenable = false'));
    await lab.ok('up', '--no-probes');
    const { verdict, hops }: ProbeReport = JSON.parse((await lab.ok('probe', 'cache-invalidation', '--json')).stdout);
    expect(verdict).toBe('pass');
    expect(hops.filter(({ detail }) => detail.startsWith('as documented'))).toEqual([]);
    expect(hops.some(({ name }) => name === 'subscription blocked')).toBe(true);
  });
});
