import type { Plan } from './plan.ts';

const MB = 1024 * 1024;

/** What containers use in practice; their limits are wider. The product's figure is a 1 GiB heap with its JVM. */
const EXPECTED = { simulator: 60 * MB, product: 1400 * MB, database: 220 * MB, part: 30 * MB } as const;

/** Bytes of memory the lab will use once it is up, as expected before the start. */
export const expectedMemory = (plan: Plan): number => {
  const nodes = plan.nodes.map((node) => (node.simulated ? EXPECTED.simulator : EXPECTED.product));
  const parts = plan.balancers.length + (plan.share ? 1 : 0);
  return nodes.reduce<number>((sum, bytes) => sum + bytes, EXPECTED.database + parts * EXPECTED.part);
};
