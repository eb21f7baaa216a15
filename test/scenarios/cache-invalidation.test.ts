import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hop, ProbeReport } from '../../lab/probes/report.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** Gateways of two that the version itself leaves stale after a change (wire.md 4.2). */
const STALE = {
  // One of the two, whichever the load balancer picked, hears of it by SOAP.
  '3.0.0': {
    'token refreshed at the Key Manager': 2,
    'secret replaced': 2,
    'subscription deleted': 1,
    'user deleted': 1,
    'roles of the user changed': 1,
    'password of the user changed': 1,
    'resource opened to all': 1,
  },
  '3.1.0': {
    'API key revoked': 0,
    'token refreshed through a gateway': 1,
    'subscription blocked': 2,
    'subscription deleted': 0,
    'user deleted': 0,
    'roles of the user changed': 0,
    'password of the user changed': 0,
    'resource opened to all': 0,
  },
  // The answer of the last validation is cached, whatever the gateway learns of the subscription.
  '3.2.0': {
    'API key revoked': 0,
    'secret replaced': 2,
    'subscription deleted': 2,
    'user deleted': 0,
    'password of the user changed': 0,
    'resource opened to all': 0,
  },
} as const;

/** The documentation gives the Portal of 3.1.0 no Traffic Manager: without one its events reach nobody. */
const topologyOf = (name: string, version: string, keyManager = ''): string => `lab: ${name}
version: ${version}
nodes:
  - role: key-manager
${keyManager}  - role: traffic-manager
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

  it.each([
    'token revoked at the Key Manager',
    'JWT revoked at the Key Manager',
    'token revoked through a gateway',
    'token revoked through the load balancer',
  ])('both refuse a %s', (change) => {
    expect(
      hopsAt(change)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['gw-1', 'gw-2']);
    expect(staleAfter(change)).toEqual([]);
  });

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

  it.runIf(version === '3.2.0')('are not told by a Key Manager whose name the event hub does not know', async () => {
    lab.write(topologyOf(lab.name, version, listenerOf(lab.name, 'Default')));
    await lab.ok('up', '--no-probes');
    await staysValid(lab, ['gw-1', 'gw-2']);
  });
});

/** The Key Manager's listener as documented, but for the name in its header. */
const listenerOf = (name: string, header: string): string => `    toml: |
      [[event_listener]]
      id = "token_revocation"
      type = "org.wso2.carbon.identity.core.handler.AbstractIdentityHandler"
      name = "org.wso2.is.notification.ApimOauthEventInterceptor"
      order = 1
      [event_listener.properties]
      notification_endpoint = "https://tm-1.${name}.test:9443/internal/data/v1/notify"
      username = "admin"
      password = "admin"
      'header.X-WSO2-KEY-MANAGER' = "${header}"
`;

const REVOCATIONS = ['token revoked at the Key Manager', 'JWT revoked at the Key Manager'];

/** What was revoked is accepted as long as the gateways have it cached, and the probe says so. */
const staysValid = async (lab: LabUnderTest, gateways: readonly string[]): Promise<void> => {
  const run = await lab.run('probe', 'cache-invalidation', '--json');
  expect(run.code).toBe(1);
  const { hops }: ProbeReport = JSON.parse(run.stdout);
  for (const change of REVOCATIONS) {
    const found = hops.filter(({ name }) => name === change);
    expect(found.map(({ to }) => to).sort()).toEqual(gateways);
    for (const hop of found)
      expect(hop).toMatchObject({ verdict: 'fail', detail: expect.stringContaining('by its cache') });
  }
};

/** Five nodes, one of them with more in its deployment.toml. */
const fiveNodes = (name: string, changed: string, toml: string): string => {
  const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
  const indented = toml.replaceAll(/^/gm, '      ');
  const nodes = roles.map((role) => `  - role: ${role}\n${role === changed ? `    toml: |\n${indented}\n` : ''}`);
  return `lab: ${name}\nnodes:\n${nodes.join('')}`;
};

describe('what keeps a revocation from the gateways', () => {
  const lab = new LabUnderTest('t-caches-cut');
  afterAll(() => lab.dispose());

  it('is a Key Manager without a url group, which tells itself', async () => {
    const group = `[[apim.throttling.url_group]]
traffic_manager_urls = ["tcp://localhost:9611"]
traffic_manager_auth_urls = ["ssl://localhost:9711"]`;
    lab.write(fiveNodes(lab.name, 'key-manager', group));
    await lab.ok('up', '--no-probes');
    await staysValid(lab, ['gw-1']);
  });

  it('is a Traffic Manager that is down', async () => {
    lab.describe();
    await lab.ok('up', '--no-probes');
    const { 'tm-1': trafficManager = '' } = await lab.containers();
    await docker.getContainer(trafficManager).pause();
    await staysValid(lab, ['gw-1']);
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
    // A role that is lost leaves a token valid: that it is refused elsewhere is the caches' doing.
    expect(hops.find(({ name }) => name === 'roles of the user changed')?.detail).toContain('answers 200');
  });
});
