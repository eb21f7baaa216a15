import { expectedMemory } from './memory.ts';
import type { Plan, PlannedNode } from './plan.ts';

/** A lab of fewer nodes in which the same things can be seen, as far as fewer nodes show them. */
export type SmallerLab = {
  /** What to write in the topology file. */
  readonly change: string;
  /** Bytes it is expected to use. */
  readonly bytes: number;
};

/** JVM options with the documentation's least heap of a product node (configuration.md 13). */
const LEAST_HEAP = '-Xms256m -Xmx512m';

/** Nodes that name options of their own keep them. */
const withLeastHeap = (nodes: readonly PlannedNode[]): readonly PlannedNode[] =>
  nodes.map((node) => (node.simulated || node.jvmOptions !== undefined ? node : { ...node, jvmOptions: LEAST_HEAP }));

/**
 * From what loses least to what loses most: a smaller heap loses nothing, pairs show what more members show, and an all-in-one
 * has every component.
 */
const STEPS: readonly {
  readonly change: string;
  readonly keeps: (nodes: readonly PlannedNode[]) => readonly PlannedNode[];
}[] = [
  { change: `"jvmOptions: ${LEAST_HEAP}" for the whole lab`, keeps: withLeastHeap },
  { change: '"replicas: 2" wherever it is more', keeps: (nodes) => upTo(2, nodes) },
  { change: '"replicas: 1" everywhere', keeps: (nodes) => upTo(1, nodes) },
  { change: 'a single "- role: all-in-one"', keeps: (nodes) => nodes.slice(0, 1) },
];

/** The least reduced lab whose containers fit into `available` bytes; undefined when not even one node does. */
export const smallerLab = (plan: Plan, starting: ReadonlySet<string>, available: number): SmallerLab | undefined =>
  STEPS.map(({ change, keeps }) => ({ change, nodes: keeps(plan.nodes) }))
    .map(({ change, nodes }) => ({ change, bytes: expectedMemory({ ...plan, nodes }, starting) }))
    .find(({ bytes }) => bytes <= available && bytes < expectedMemory(plan, starting));

const upTo = (members: number, nodes: readonly PlannedNode[]): readonly PlannedNode[] =>
  nodes.filter(
    (node) =>
      nodes.filter(({ role, environment }) => role === node.role && environment === node.environment).indexOf(node) <
      members,
  );
