import { largestHeap, megabytes } from '../product/heap.ts';
import type { Plan, PlannedNode } from './plan.ts';

const MB = 1024 * 1024;

/** What containers use in practice; their limits are wider. A MySQL from elsewhere runs with MySQL's own settings. */
const EXPECTED = { simulator: 60 * MB, database: 220 * MB, otherDatabase: 500 * MB, part: 30 * MB } as const;

/** What a JVM of the product takes beside its heap. */
const BESIDE_HEAP = 400 * MB;

/** Bytes of memory that the containers of the lab called `names` will use once they are up, as expected before. */
export const expectedMemory = (plan: Plan, names: ReadonlySet<string>): number =>
  [
    { name: plan.database.name, bytes: plan.database.own ? EXPECTED.database : EXPECTED.otherDatabase },
    ...[
      ...plan.balancers,
      ...plan.firewall,
      ...(plan.share ? [plan.share] : []),
      ...(plan.sync ? [plan.sync] : []),
      ...(plan.backend ? [plan.backend] : []),
    ].map(({ name }) => ({ name, bytes: EXPECTED.part })),
    ...plan.nodes.map((node) => ({ name: node.name, bytes: node.simulated ? EXPECTED.simulator : productBytes(node) })),
  ].reduce((sum, { name, bytes }) => (names.has(name) ? sum + bytes : sum), 0);

/** A heap fills up in time; what goes beyond the container's limit is never had. */
const productBytes = ({ memory, jvmOptions }: PlannedNode): number =>
  Math.min(largestHeap(jvmOptions) * MB + BESIDE_HEAP, megabytes(memory) * MB);
