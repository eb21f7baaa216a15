import { describe, expect, it } from 'vitest';
import { planServices } from '../../../../lab/render/compose/services.ts';
import { FIVE_NODES, planTopology } from '../plan-topology.ts';

const services = (changes: Parameters<typeof planTopology>[0]) => planServices(planTopology(changes));

describe('the service of a product node', () => {
  const product = { image: 'wso2/wso2am:3.2.0', version: '3.2.0' } as const;

  it('names the profile and never has the product optimize its profile, which would replace deployment.toml', () => {
    const commands = ['km-1', 'tm-1', 'pub-1', 'dev-1', 'gw-1'].map((name) => services(product)[name]?.command);
    expect(commands).toEqual(
      ['api-key-manager', 'traffic-manager', 'api-publisher', 'api-devportal', 'gateway-worker'].map((profile) => [
        `-Dprofile=${profile}`,
      ]),
    );
  });

  it('gets the JDBC driver of the topology by the artifact volume, where the entrypoint copies it from', () => {
    const mixed = services({
      ...product,
      nodes: FIVE_NODES.map((node) => (node.role === 'gateway' ? { ...node, image: 'simulator' } : node)),
      database: { connector: 'driver.jar' },
    });
    const mount = './artifacts:/home/wso2carbon/wso2-artifact-volume:ro';
    expect(mixed['km-1']?.volumes).toContain(mount);
    expect(mixed['gw-1']?.volumes).not.toContain(mount);
    expect(services(product)['km-1']?.volumes).not.toContain(mount);
  });

  it('names the profile to images that set it up themselves, and overrules one of the image where there is none', () => {
    expect(services(product)['gw-1']?.environment).toMatchObject({ PROFILE_NAME: 'gateway-worker' });
    const allInOne = services({ ...product, nodes: [{ role: 'all-in-one' }] })['aio-1'];
    expect(allInOne).toMatchObject({ environment: { PROFILE_NAME: '' } });
    expect(allInOne).not.toHaveProperty('command');
  });

  it('asks its ports by what every published image has, which bash is not', () => {
    const { test } = services(product)['gw-1']?.healthcheck ?? {};
    expect(test).toEqual(['CMD', 'sh', '-c', expect.stringMatching(/^nc -z 127\.0\.0\.1 8243 && .* 9443$/)]);
  });

  it('has the time that a JVM takes to start', () => {
    expect(services(product)['km-1']?.healthcheck.start_period).toBe('300s');
  });
});

describe('the service of a MySQL from elsewhere', () => {
  it('is pulled when it is missing, and asked over TCP, which only its final server answers', () => {
    const { mysql } = services({ database: { image: 'mysql:8' } });
    expect(mysql).toMatchObject({ image: 'mysql:8', pull_policy: 'missing' });
    expect(mysql?.healthcheck.test).toContain('--protocol=tcp');
    expect(services({}).mysql).toMatchObject({ pull_policy: 'never' });
  });
});
