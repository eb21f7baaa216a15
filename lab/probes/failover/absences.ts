import type { LabStatus } from '../../engine/lab-status.ts';
import { WAYS, type Way } from '../../faults/fault.ts';
import type { Role } from '../../product/roles.ts';

export type Member = LabStatus['nodes'][number];

/** One member of a pair, or of a larger set, that is away while the others are not. */
export type Absence = {
  readonly role: Role;
  readonly way: Way;
  readonly away: Member;
  readonly others: readonly [Member, ...Member[]];
};

/**
 * Each way of going for each role that has a second node, the members in turn. Roles take turns too, so that the load
 * balancer has learnt of a member's return when the next one of its role goes.
 */
export const absencesOf = ({ nodes }: Pick<LabStatus, 'nodes'>): readonly Absence[] => {
  const roles = [...new Set(nodes.map(({ role }) => role))];
  return WAYS.flatMap((way, turn) =>
    roles.flatMap((role) => {
      const members = nodes.filter((node) => node.role === role);
      const away = members[turn % members.length];
      const [first, ...others] = members.filter((member) => member !== away);
      return away && first ? [{ role, way, away, others: [first, ...others] }] : [];
    }),
  );
};
