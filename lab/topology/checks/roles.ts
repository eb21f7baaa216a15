import { ROLES, type Role } from '../../product/roles.ts';
import type { Check } from '../draft.ts';

/** A deployment without one of its components does nothing useful, unless an all-in-one stands in for all of them. */
export const checkRoles: Check = ({ complete, topology }) => {
  const present = new Set<Role>(topology.nodes.map(({ role }) => role));
  // An entry that cannot be understood may be the missing one.
  if (!complete || present.has('all-in-one')) return [];
  const missing = ROLES.filter((role) => role !== 'all-in-one' && !present.has(role));
  if (missing.length === 0) return [];
  return [
    {
      code: 'ROLE_MISSING',
      path: ['nodes'],
      part: 'key',
      sentence: `no node has the role ${missing.join(' or ')}`,
      hint: `add ${missing.map((role) => `"- role: ${role}"`).join(', ')}, or one "- role: all-in-one"`,
    },
  ];
};
