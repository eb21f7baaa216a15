import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes, planTopology } from '../render/plan-topology.ts';
import { renderedKeys } from '../render/rendered-keys.ts';

const OFFSETS = FIVE_NODES.map((node, index) => ({ ...node, offset: index * 10 }));

const SHAPES = [
  ['five nodes', FIVE_NODES],
  ['five nodes with offsets', OFFSETS],
  ['pairs', ALL_PAIRS],
  ['an all-in-one with gateways', [{ role: 'all-in-one' }, { role: 'gateway', replicas: 2 }]],
  ['an all-in-one pair', [{ role: 'all-in-one', replicas: 2 }]],
] as const;

describe.each(VERSIONS)('links of %s', (version) => {
  it.each(SHAPES)("stand under the caller's key with the port they name (%s)", (_shape, nodes) => {
    const plan = planNodes(nodes, version);
    const links = plan.links.filter(({ from, to }) => plan.nodes.some(({ name }) => name === from) && to !== 'nfs');
    expect(links.length).toBeGreaterThan(0);
    for (const { from, port, key } of links) {
      const values = [...renderedKeys(plan, from)]
        .filter(([each]) => each.replace(/\[\d+\]/g, '').startsWith(key))
        .flatMap(([, value]) => value);
      const ports = values.map((value) => portIn(String(value)));
      expect({ from, key, ports }).toEqual({ from, key, ports: expect.arrayContaining([port]) });
    }
  });

  it('never pass the load balancer on their way to a broker or an event receiver', () => {
    const plan = planNodes(ALL_PAIRS, version);
    expect(plan.links.filter(({ to, port }) => to === 'lb' && port !== 443)).toEqual([]);
    const behind = plan.links.filter(({ from }) => from === 'lb').map(({ port }) => port);
    expect(behind).not.toEqual(expect.arrayContaining([5672]));
    expect(behind).not.toEqual(expect.arrayContaining([9611]));
  });

  it('reach both Traffic Managers from both gateways', () => {
    const { links } = planNodes(ALL_PAIRS, version);
    for (const from of ['gw-1', 'gw-2']) {
      for (const to of ['tm-1', 'tm-2']) {
        const ports = links.filter((link) => link.from === from && link.to === to).map(({ port }) => port);
        expect(ports.toSorted((a, b) => a - b)).toEqual([5672, 9611, 9711]);
      }
    }
  });
});

/** The port of a URL, or of a database's table. */
const portIn = (value: string): number => {
  if (/^\d+$/.test(value)) return Number(value);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return Number(url?.port || (url?.protocol === 'http:' ? 80 : 443));
};

describe('links that came and went', () => {
  const linked = (version: (typeof VERSIONS)[number], from: string, to: string): readonly number[] =>
    planNodes(FIVE_NODES, version)
      .links.filter((link) => link.from === from && link.to === to)
      .map(({ port }) => port);

  it('the Key Manager clears gateway caches itself in 3.0.0 only', () => {
    expect(VERSIONS.map((version) => linked(version, 'km-1', 'gw-1'))).toEqual([[9443], [], []]);
  });

  it('the portal generates tokens at the gateway in 3.0.0 only', () => {
    expect(VERSIONS.map((version) => linked(version, 'dev-1', 'gw-1').includes(8243))).toEqual([true, false, false]);
  });

  it('the gateway asks the Traffic Manager for its boot data since 3.2.0', () => {
    expect(VERSIONS.map((version) => linked(version, 'gw-1', 'tm-1').includes(9443))).toEqual([false, false, true]);
  });

  it('Traffic Managers repeat events to each other since 3.2.0', () => {
    const between = VERSIONS.map(
      (version) =>
        planNodes(ALL_PAIRS, version).links.filter(({ from, to }) => from === 'tm-1' && to === 'tm-2').length,
    );
    expect(between).toEqual([0, 0, 1]);
  });
});

describe('links to the parts of a lab', () => {
  it('lead from the members of a sharing role to the NFS server', () => {
    const toShare = planNodes(ALL_PAIRS).links.filter(({ to }) => to === 'nfs');
    expect(toShare.map(({ from, port }) => [from, port])).toEqual([
      ['tm-1', 2049],
      ['tm-2', 2049],
      ['gw-1', 2049],
      ['gw-2', 2049],
    ]);
  });

  it('do not lead there when the shared directories are a plain volume', () => {
    const { links } = planTopology({ sharedFileSystem: { type: 'volume' } });
    expect(links.some(({ to }) => to === 'nfs')).toBe(false);
  });

  it('are named once each', () => {
    const { links } = planNodes([{ role: 'all-in-one', replicas: 2 }], '3.2.0');
    const names = links.map(({ from, to, port, key }) => `${from} ${to} ${port} ${key}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
