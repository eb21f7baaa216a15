import { ROLE_FACTS } from '../product/roles.ts';
import type { TopologyNode } from './schema.ts';

export type NamedNode = {
  /** `km-1` */
  readonly name: string;
  /** 1-based among the nodes whose names begin alike. */
  readonly replica: number;
  readonly entry: TopologyNode;
  /** Of the entry among the entries. */
  readonly index: number;
};

/**
 * The nodes that the entries of a topology stand for, in the order of the file. Names are a prefix and a number; entries
 * with the same prefix go on counting, so two entries without a name never collide.
 */
export const nameNodes = (entries: readonly TopologyNode[]): readonly NamedNode[] => {
  const used = new Map<string, number>();
  return entries.flatMap((entry, index) =>
    Array.from({ length: entry.replicas }, () => {
      const prefix = entry.name ?? ROLE_FACTS[entry.role].abbreviation;
      const replica = (used.get(prefix) ?? 0) + 1;
      used.set(prefix, replica);
      return { name: `${prefix}-${replica}`, replica, entry, index };
    }),
  );
};
