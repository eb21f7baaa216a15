import { describe, expect, it } from 'vitest';
import { endpointOf, nodesOf, nodeUrl, urlOf } from '../../../lab/plan/addresses.ts';
import { ALL_PAIRS, FIVE_NODES, nodeNamed, planNodes } from '../render/plan-topology.ts';

describe('the nodes that do the work of a role', () => {
  it('are those of the role, even where an all-in-one could', () => {
    const plan = planNodes([{ role: 'all-in-one' }, { role: 'gateway' }]);
    expect(nodesOf(plan, 'gateway').map(({ name }) => name)).toEqual(['gw-1']);
    expect(nodesOf(plan, 'publisher').map(({ name }) => name)).toEqual(['aio-1']);
  });

  it('may be none', () => {
    const plan = planNodes([{ role: 'key-manager' }]);
    expect(nodesOf(plan, 'gateway')).toEqual([]);
    expect(urlOf(plan, 'gateway', 'https')).toBeUndefined();
  });
});

describe('the address of a role', () => {
  it('is its node while it has one, offset included', () => {
    const plan = planNodes(FIVE_NODES.map((node) => ({ ...node, offset: 7 })));
    expect(endpointOf(plan, 'key-manager', 'https')).toEqual({
      name: 'km-1',
      hostname: 'km-1.sample.test',
      port: 9450,
    });
  });

  it('is the load balancer for two, and for portals that present themselves under its name', () => {
    expect(endpointOf(planNodes(ALL_PAIRS), 'key-manager', 'https')).toEqual({
      name: 'lb',
      hostname: 'km.sample.test',
      port: 443,
    });
    expect(urlOf(planNodes(FIVE_NODES), 'developer-portal', 'https')).toBe('https://devportal.sample.test');
  });

  it('spells a port that the scheme does not imply', () => {
    const plan = planNodes(ALL_PAIRS);
    expect(urlOf(plan, 'gateway', 'passthroughHttp')).toBe('http://gateway.sample.test');
    expect(urlOf(plan, 'gateway', 'wss')).toBe('wss://gateway.sample.test:8099');
  });

  it('is a node for what no load balancer serves', () => {
    expect(urlOf(planNodes(ALL_PAIRS), 'traffic-manager', 'databridge')).toBe('tcp://tm-1.sample.test:9611');
  });
});

describe("a node's own URL", () => {
  it('ignores the load balancer', () => {
    const plan = planNodes(ALL_PAIRS);
    expect(nodeUrl(nodeNamed(plan, 'gw-2'), 'passthroughHttps')).toBe('https://gw-2.sample.test:8243');
  });
});
