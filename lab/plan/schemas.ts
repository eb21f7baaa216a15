import type { Role } from '../product/roles.ts';
import type { Version } from '../product/versions.ts';
import type { PlannedNode } from './plan.ts';

/** Tables of deployment.toml that name a schema; every node opens the first. */
export const SCHEMA_KEYS = ['shared_db', 'apim_db'] as const;

export type SchemaKey = (typeof SCHEMA_KEYS)[number];

const PORTALS_AND_KEYS: readonly Role[] = ['key-manager', 'publisher', 'developer-portal', 'all-in-one'];

/**
 * Roles with `database.apim_db` on MySQL (configuration.md 6.1). A gateway opens that datasource at start but reads
 * nothing from it in a lab with one tenant: it stays on its own H2.
 */
const API_SCHEMA_ROLES: Readonly<Record<Version, readonly Role[]>> = {
  '3.0.0': PORTALS_AND_KEYS,
  '3.1.0': PORTALS_AND_KEYS,
  '3.2.0': [...PORTALS_AND_KEYS, 'traffic-manager'],
};

/**
 * Schemas on MySQL that a node is configured with; users and registry are everybody's but of a Gateway in the DMZ, which does
 * without them in a lab with one tenant (configuration.md 6.1).
 */
export const schemasOf = ({ role, dmz }: Pick<PlannedNode, 'role' | 'dmz'>, version: Version): readonly SchemaKey[] => {
  if (dmz) return [];
  return API_SCHEMA_ROLES[version].includes(role) ? ['apim_db', 'shared_db'] : ['shared_db'];
};
