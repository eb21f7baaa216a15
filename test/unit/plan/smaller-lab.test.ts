import { describe, expect, it } from 'vitest';
import { hostPortsOf } from '../../../lab/plan/host-ports.ts';
import { expectedMemory } from '../../../lab/plan/memory.ts';
import type { Plan } from '../../../lab/plan/plan.ts';
import { smallerLab } from '../../../lab/plan/smaller-lab.ts';
import { planServices } from '../../../lab/render/compose/services.ts';
import { ALL_PAIRS, FIVE_NODES, planTopology } from '../render/plan-topology.ts';

const eight = planTopology({ nodes: [...FIVE_NODES, { role: 'gateway', replicas: 7 }] });
const needed = (plan: Plan): number => expectedMemory(plan, everythingIn(plan));
const everythingIn = (plan: Plan): ReadonlySet<string> => new Set(Object.keys(planServices(plan)));
const changeAt = (plan: Plan, available: number) => smallerLab(plan, everythingIn(plan), available)?.change;

describe('a lab too big for the machine', () => {
  it('is proposed with pairs first, then with one of each, then as an all-in-one', () => {
    const pair = needed(planTopology({ nodes: [...FIVE_NODES, { role: 'gateway' }] }));
    expect(smallerLab(eight, everythingIn(eight), pair)).toEqual({
      change: '"replicas: 2" wherever it is more',
      bytes: pair,
    });
    const five = needed(planTopology());
    expect(changeAt(eight, five)).toBe('"replicas: 1" everywhere');
    expect(changeAt(eight, five - 1)).toBe('a single "- role: all-in-one"');
  });

  it('is not proposed with what would change nothing', () => {
    const pairs = planTopology({ nodes: [...ALL_PAIRS] });
    expect(changeAt(pairs, needed(pairs))).toBe('"replicas: 1" everywhere');
    expect(changeAt(planTopology(), needed(eight))).toBe('a single "- role: all-in-one"');
  });

  it('is proposed with a smaller heap first where nodes run the product', () => {
    const product = planTopology({ image: 'wso2/wso2am:3.0.0' });
    expect(changeAt(product, needed(product) - 1)).toContain('-Xmx512m');
    const small = planTopology({ image: 'wso2/wso2am:3.0.0', jvmOptions: '-Xms256m -Xmx512m' });
    expect(changeAt(product, needed(small))).toContain('-Xmx512m');
    expect(changeAt(product, needed(small) - 1)).toBe('a single "- role: all-in-one"');
  });

  it('has no smaller form when not even one node fits', () => {
    expect(changeAt(eight, 0)).toBeUndefined();
  });
});

describe('the ports that a lab takes', () => {
  it('are told apart by who listens, and none is named twice', () => {
    const ports = hostPortsOf(eight);
    expect(new Set(ports.map(({ port }) => port)).size).toBe(ports.length);
    expect(new Set(ports.map(({ name, listener }) => `${name} ${listener}`)).size).toBe(ports.length);
    expect(new Set(ports.map(({ name }) => name))).toEqual(
      new Set([...eight.nodes.map(({ name }) => name), 'lb', 'mysql', 'backend']),
    );
  });

  it('are those of the topology file alone when the lab publishes nothing', () => {
    const plan = planTopology({ nodes: [{ role: 'all-in-one', expose: { https: 9443 } }], expose: false });
    expect(hostPortsOf(plan)).toEqual([{ name: 'aio-1', listener: 'https', port: 9443 }]);
  });
});
