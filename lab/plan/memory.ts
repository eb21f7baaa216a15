import type { Plan } from './plan.ts';

const MB = 1024 * 1024;

/** What containers use in practice; their limits are wider. The product's figure is a 1 GiB heap with its JVM. */
const EXPECTED = { simulator: 60 * MB, product: 1400 * MB, database: 220 * MB, part: 30 * MB } as const;

/** Bytes of memory that the containers of the lab called `names` will use once they are up, as expected before. */
export const expectedMemory = (plan: Plan, names: ReadonlySet<string>): number =>
  [
    { name: plan.database.name, bytes: EXPECTED.database },
    ...[
      ...plan.balancers,
      ...(plan.share ? [plan.share] : []),
      ...(plan.sync ? [plan.sync] : []),
      ...(plan.backend ? [plan.backend] : []),
    ].map(({ name }) => ({ name, bytes: EXPECTED.part })),
    ...plan.nodes.map(({ name, simulated }) => ({ name, bytes: simulated ? EXPECTED.simulator : EXPECTED.product })),
  ].reduce((sum, { name, bytes }) => (names.has(name) ? sum + bytes : sum), 0);
