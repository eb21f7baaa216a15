import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lab/plan/plan.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes, planTopology } from '../render/plan-topology.ts';

const needsOf = ({ start }: Plan, node: string): readonly string[] =>
  start.filter(({ from }) => from === node).map(({ to }) => to);

const PRODUCT = 'wso2/wso2am:3.2.0';

const MIXED = [
  ...ALL_PAIRS,
  { role: 'all-in-one', image: PRODUCT },
  { role: 'gateway', image: PRODUCT, name: 'old' },
] as const;

const SHAPES = [
  ['five nodes', FIVE_NODES],
  ['pairs', ALL_PAIRS],
  ['product pairs', ALL_PAIRS.map((node) => ({ ...node, image: PRODUCT }))],
  ['an all-in-one with gateways', [{ role: 'all-in-one' }, { role: 'gateway', replicas: 2 }]],
  [
    'a product all-in-one with product gateways',
    [
      { role: 'all-in-one', image: PRODUCT },
      { role: 'gateway', replicas: 2, image: PRODUCT },
    ],
  ],
  [
    'a product all-in-one beside a product Key Manager',
    [
      { role: 'all-in-one', image: PRODUCT },
      { role: 'key-manager', image: PRODUCT },
    ],
  ],
  ['both images', MIXED],
] as const;

describe.each(VERSIONS)('the start order of %s', (version) => {
  it.each(SHAPES)('has no circle (%s)', (_shape, nodes) => {
    const plan = planNodes(nodes, version);
    const started = new Set<string>();
    const names = () => [...new Set(plan.start.flatMap(({ from, to }) => [from, to]))];
    const ready = () =>
      names().filter((name) => !started.has(name) && needsOf(plan, name).every((to) => started.has(to)));
    for (let next = ready(); next.length > 0; next = ready()) for (const name of next) started.add(name);
    expect(started.size).toBe(names().length);
  });

  it.each(SHAPES)('has one edge per pair, each with its reason (%s)', (_shape, nodes) => {
    const { start } = planNodes(nodes, version);
    expect(new Set(start.map(({ from, to }) => `${from} ${to}`)).size).toBe(start.length);
    for (const { why } of start) expect(why).toMatch(/^\w+ .{10,}/);
  });

  it('lets every node wait for the database, and what shares directories for the NFS server', () => {
    const plan = planNodes(FIVE_NODES, version);
    for (const { name } of plan.nodes) expect(needsOf(plan, name)).toContain('mysql');
    expect(plan.nodes.filter(({ name }) => needsOf(plan, name).includes('nfs')).map(({ name }) => name)).toEqual([
      'tm-1',
      'gw-1',
    ]);
  });

  it('lets portals and Traffic Manager wait for the Key Manager', () => {
    const plan = planNodes(FIVE_NODES, version);
    for (const name of ['tm-1', 'pub-1', 'dev-1']) expect(needsOf(plan, name)).toContain('km-1');
  });

  it('lets a gateway wait for every Traffic Manager', () => {
    expect(needsOf(planNodes(ALL_PAIRS, version), 'gw-2')).toEqual(expect.arrayContaining(['tm-1', 'tm-2']));
  });
});

describe('where a gateway gets its boot data', () => {
  it('decides what it waits for', () => {
    const needs = VERSIONS.map((version) => needsOf(planNodes(FIVE_NODES, version), 'gw-1'));
    expect(needs.map((each) => each.includes('km-1'))).toEqual([true, true, false]);
  });

  it('puts the load balancer before the gateway when it is asked through it', () => {
    const keyManagers = [...FIVE_NODES, { role: 'key-manager' }] as const;
    expect(VERSIONS.map((version) => needsOf(planNodes(keyManagers, version), 'gw-1').includes('lb'))).toEqual([
      true,
      true,
      false,
    ]);
    expect(needsOf(planNodes(FIVE_NODES), 'gw-1')).not.toContain('lb');
  });
});

describe('the first boot on empty schemas', () => {
  const product = (plan: Plan) => plan.nodes.filter(({ simulated }) => !simulated).map(({ name }) => name);

  it('is left to one product node, directly or through others', () => {
    const plan = planTopology({ nodes: [...ALL_PAIRS], image: PRODUCT, version: '3.2.0' });
    const [first, ...others] = product(plan);
    const waitsForFirst = (name: string): boolean =>
      needsOf(plan, name).some((to) => to === first || waitsForFirst(to));
    expect(first).toBe('km-1');
    expect(others.filter((name) => !waitsForFirst(name))).toEqual([]);
    expect(needsOf(plan, 'km-2')).toEqual(['mysql', 'km-1']);
  });

  it('is left to one node for each schema: who fills one may not open the other', () => {
    const plan = planTopology({
      version: '3.0.0',
      nodes: [
        { role: 'traffic-manager', image: PRODUCT },
        { role: 'key-manager' },
        { role: 'publisher', image: PRODUCT },
        { role: 'developer-portal', image: PRODUCT },
        { role: 'gateway' },
      ],
    });
    expect(needsOf(plan, 'pub-1')).toContain('tm-1');
    expect(needsOf(plan, 'dev-1')).toEqual(expect.arrayContaining(['tm-1', 'pub-1']));
  });

  it('needs no turns among simulators', () => {
    expect(needsOf(planNodes(ALL_PAIRS), 'km-2')).toEqual(['mysql']);
  });

  it('adds no edge to what waits through another node anyway', () => {
    const plan = planTopology({ nodes: [...FIVE_NODES], image: PRODUCT, version: '3.2.0' });
    expect(needsOf(plan, 'gw-1')).toEqual(['mysql', 'nfs', 'tm-1']);
  });
});
