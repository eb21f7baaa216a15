import type { Version } from '../../../../../lab/product/versions.ts';

/** May do everything; a role of the user store itself. `[super_admin] admin_role` could rename it, which is not simulated. */
export const ADMIN_ROLE = 'admin';

/** How names of hybrid roles begin; their rows do not carry it (wire.md 8.2). */
export const INTERNAL = 'Internal/';

/** Everybody has it, without a row that says so. */
export const EVERYONE = 'everyone';

/** Hybrid roles that a node makes at start, with the super admin as their first member. */
export const hybridRolesOf = (version: Version): readonly string[] => [
  'subscriber',
  'creator',
  'publisher',
  ...(version === '3.2.0' ? ['devops'] : []),
];
