import { describe, expect, it } from 'vitest';
import { expectedMemory } from '../../../lab/plan/memory.ts';
import { planLab } from '../../../lab/plan/plan-lab.ts';
import { topologySchema } from '../../../lab/topology/schema.ts';

const PRODUCT = 'wso2/wso2am:3.0.0';
const MB = 1024 * 1024;

const plan = planLab(
  topologySchema.parse({
    lab: 'demo',
    nodes: [
      { role: 'all-in-one' },
      { role: 'gateway', image: PRODUCT },
      { role: 'gateway', image: PRODUCT, jvmOptions: '-Xms256m -Xmx512m' },
      { role: 'gateway', image: PRODUCT, memory: '512m', jvmOptions: '-Xmx3g' },
    ],
  }),
  {
    slot: 0,
    kernelNfs: false,
    images: { wso2am: { '3.0.0': 's', '3.1.0': 's', '3.2.0': 's' }, mysql: 'm', nginx: 'n', nfs: 'f', backend: 'b' },
  },
);
const memory = (...names: readonly string[]) => expectedMemory(plan, new Set(names));

describe('the memory a lab is expected to use', () => {
  it('counts the containers asked for only: what runs already has its memory', () => {
    expect(memory()).toBe(0);
    expect(memory('aio-1', 'gw-1', 'mysql')).toBe(memory('aio-1') + memory('gw-1') + memory('mysql'));
  });

  it('is that of a JVM for a node of the product', () => {
    expect(memory('gw-1')).toBeGreaterThan(10 * memory('aio-1'));
  });

  it('follows the heap of such a node, and stays below the limit of its container', () => {
    expect(memory('gw-1') - memory('gw-2')).toBe(512 * MB);
    expect(memory('gw-3')).toBe(512 * MB);
  });
});
