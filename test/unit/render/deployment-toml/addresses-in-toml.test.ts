import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { ALL_PAIRS, FIVE_NODES, nodeNamed, planNodes, planTopology } from '../plan-topology.ts';
import { renderedKeys } from '../rendered-keys.ts';

const OFFSETS = FIVE_NODES.map((node, index) => ({ ...node, offset: index * 10 }));

const urlsOf = (keys: ReadonlyMap<string, unknown>): readonly string[] =>
  [...keys.values()]
    .flat()
    .filter((value) => typeof value === 'string' && value.includes('://'))
    .map(String);

describe.each(VERSIONS)('URLs in the files of %s', (version) => {
  it.each([
    ['five nodes', FIVE_NODES],
    ['pairs', ALL_PAIRS],
  ])('never leave a port to a system property, which would be the port of the wrong node (%s)', (_shape, nodes) => {
    const plan = planNodes(nodes, version);
    for (const { name } of plan.nodes) {
      for (const url of urlsOf(renderedKeys(plan, name))) expect(url).not.toContain('${');
    }
  });

  it('end every service_url in a slash', () => {
    for (const plan of [planNodes(FIVE_NODES, version), planNodes(ALL_PAIRS, version)]) {
      const urls = plan.nodes.flatMap(({ name }) =>
        [...renderedKeys(plan, name)].filter(([key]) => key.endsWith('service_url')).map(([, value]) => value),
      );
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls) expect(url).toMatch(/\/services\/$/);
    }
  });

  it("carry the offset of the node they lead to, not the caller's", () => {
    const gateway = renderedKeys(planNodes(OFFSETS, version), 'gw-1');
    expect(gateway.get('server.offset')).toBe(40);
    expect(gateway.get('apim.key_manager.service_url')).toBe('https://km-1.sample.test:9443/services/');
    expect(gateway.get('apim.throttling.throttle_decision_endpoints')).toEqual(['tcp://tm-1.sample.test:5682']);
    expect(gateway.get('apim.throttling.url_group[0].traffic_manager_urls')).toEqual(['tcp://tm-1.sample.test:9621']);

    const publisher = renderedKeys(planNodes(OFFSETS, version), 'pub-1');
    const environment = 'apim.gateway.environment[0]';
    expect(publisher.get(`${environment}.service_url`)).toBe('https://gw-1.sample.test:9483/services/');
    expect(publisher.get(`${environment}.https_endpoint`)).toBe('https://gw-1.sample.test:8283');
    expect(publisher.get(`${environment}.http_endpoint`)).toBe('http://gw-1.sample.test:8320');
    expect(publisher.get(`${environment}.ws_endpoint`)).toBe('ws://gw-1.sample.test:9139');
    expect(publisher.get(`${environment}.wss_endpoint`)).toBe('wss://gw-1.sample.test:8139');
  });

  it('lead to the load balancer, on its port and whatever the offsets, where a role has two nodes', () => {
    const plan = planNodes(
      OFFSETS.map((node) => ({ ...node, replicas: 2 })),
      version,
    );
    const publisher = renderedKeys(plan, 'pub-1');
    expect(publisher.get('apim.throttling.service_url')).toBe('https://tm.sample.test/services/');
    expect(publisher.get('apim.devportal.url')).toBe('https://devportal.sample.test/devportal');
    const environment = 'apim.gateway.environment[0]';
    expect(publisher.get(`${environment}.service_url`)).toBe('https://gateway-mgt.sample.test/services/');
    expect(publisher.get(`${environment}.https_endpoint`)).toBe('https://gateway.sample.test');
    expect(publisher.get(`${environment}.http_endpoint`)).toBe('http://gateway.sample.test');
    expect(publisher.get(`${environment}.ws_endpoint`)).toBe('ws://gateway.sample.test:9099');
    expect(publisher.get(`${environment}.wss_endpoint`)).toBe('wss://gateway.sample.test:8099');
    expect(renderedKeys(plan, 'gw-2').get('apim.key_manager.service_url')).toBe('https://km.sample.test/services/');
  });

  it('name each Traffic Manager for broker and receivers, never the load balancer', () => {
    const plan = planNodes(ALL_PAIRS, version);
    const balanced = new Set(plan.balancers.flatMap(({ fronts }) => fronts.map(({ hostname }) => hostname)));
    for (const { name } of plan.nodes) {
      const urls = urlsOf(renderedKeys(plan, name)).filter((url) => /^(tcp|ssl):/.test(url));
      for (const url of urls) expect(balanced).not.toContain(new URL(url.replace(/^\w+/, 'http')).hostname);
    }
    expect(renderedKeys(plan, 'gw-1').get('apim.throttling.throttle_decision_endpoints')).toEqual([
      'tcp://tm-1.sample.test:5672',
      'tcp://tm-2.sample.test:5672',
    ]);
  });

  it('put each Traffic Manager into a group of its own, receivers and log-ins in one order', () => {
    const keys = renderedKeys(planNodes(ALL_PAIRS, version), 'km-1');
    for (const [index, name] of ['tm-1', 'tm-2'].entries()) {
      const group = `apim.throttling.url_group[${index}]`;
      expect(keys.get(`${group}.traffic_manager_urls`)).toEqual([`tcp://${name}.sample.test:9611`]);
      expect(keys.get(`${group}.traffic_manager_auth_urls`)).toEqual([`ssl://${name}.sample.test:9711`]);
      // Two URLs in one group without a type would be failover; one URL needs no type.
      expect(keys.has(`${group}.type`)).toBe(false);
    }
    expect(keys.has('apim.throttling.url_group[2].traffic_manager_urls')).toBe(false);
  });
});

describe('a node behind the load balancer', () => {
  it("gives the load balancer's name and ports for its own", () => {
    const plan = planNodes(ALL_PAIRS);
    for (const name of ['pub-1', 'pub-2']) {
      const keys = renderedKeys(plan, name);
      expect(keys.get('server.hostname')).toBe('publisher.sample.test');
      expect(keys.get('transport.https.properties.proxyPort')).toBe(443);
      expect(keys.get('transport.http.properties.proxyPort')).toBe(80);
    }
  });

  it('keeps an address of its own', () => {
    const plan = planNodes(ALL_PAIRS);
    const addresses = plan.nodes.map(({ name }) => renderedKeys(plan, name).get('server.node_ip'));
    expect(new Set(addresses).size).toBe(plan.nodes.length);
  });

  it('needs no proxy ports when it is a Traffic Manager, which people never see', () => {
    const keys = renderedKeys(planNodes(ALL_PAIRS), 'tm-1');
    expect(keys.get('server.hostname')).toBe('tm-1.sample.test');
    expect(keys.has('transport.https.properties.proxyPort')).toBe(false);
  });
});

describe('a lab without a load balancer', () => {
  const plan = planTopology({ nodes: [...ALL_PAIRS], loadBalancer: { enabled: false } });

  it('reaches a pair at its first node', () => {
    const keys = renderedKeys(plan, 'gw-2');
    expect(keys.get('apim.key_manager.service_url')).toBe('https://km-1.sample.test:9443/services/');
    expect(keys.get('server.hostname')).toBe(nodeNamed(plan, 'gw-2').hostname);
  });
});
