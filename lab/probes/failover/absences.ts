import type { LabStatus } from '../../engine/lab-status.ts';
import { WAYS, type Way } from '../../faults/fault.ts';
import type { Role } from '../../product/roles.ts';

export type Member = LabStatus['nodes'][number];

/** One member of a pair, or of a larger set, that is away while the others are not. */
export type Absence = {
  readonly role: Role;
  readonly way: Way;
  readonly away: Member;
  /** The load balancer's URLs before the members. */
  readonly balancer: Readonly<Record<string, string>>;
  readonly others: readonly [Member, ...Member[]];
};

/**
 * Each way of going for each role that has a second node, the members in turn; of Gateways, for each environment that has. Roles
 * take turns too, so that the load balancer has learnt of a member's return when the next one of its role goes.
 */
export const absencesOf = (status: Pick<LabStatus, 'nodes' | 'endpoints' | 'environments'>): readonly Absence[] => {
  const groups = groupsOf(status);
  return WAYS.flatMap((way, turn) =>
    groups.flatMap(({ role, balancer, members }) => {
      const away = members[turn % members.length];
      const [first, ...others] = members.filter((member) => member !== away);
      return away && first ? [{ role, way, away, balancer, others: [first, ...others] }] : [];
    }),
  );
};

/** Members that stand in for each other. */
const groupsOf = ({ nodes, endpoints, environments }: Pick<LabStatus, 'nodes' | 'endpoints' | 'environments'>) => {
  const first = nodes.filter((node, index) => nodes.findIndex((other) => areAlike(node, other)) === index);
  return first.map((one) => {
    const environment = environments.find(({ name }) => name === one.environment);
    return {
      role: one.role,
      balancer: environment?.urls ?? endpoints[one.role] ?? {},
      members: nodes.filter((node) => areAlike(one, node)),
    };
  });
};

const areAlike = (one: Member, other: Member): boolean =>
  one.role === other.role && one.environment === other.environment;
