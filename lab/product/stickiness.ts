import type { Role } from './roles.ts';
import type { Version } from './versions.ts';

/**
 * Whether the version's documentation asks for one client on one node where several nodes of a role stand behind a load
 * balancer, on the servlet port: portals always, gateway managers too, Key and Traffic Managers since 3.1; API traffic never
 * (configuration.md 9.1).
 */
export const asksForStickiness = (role: Role, version: Version): boolean =>
  version !== '3.0.0' || (role !== 'key-manager' && role !== 'traffic-manager');
