import type { Version } from './versions.ts';

/** Roles a node can have (configuration.md 2.1). The order is the documentation's start order. */
export const ROLES = [
  'key-manager',
  'traffic-manager',
  'publisher',
  'developer-portal',
  'gateway',
  'all-in-one',
] as const;

export type Role = (typeof ROLES)[number];

export type RoleFacts = {
  /** What people call it. */
  readonly title: string;
  /** Prefix of node names: `km-1`. */
  readonly abbreviation: string;
  /** Host labels of the load balancer in front of the role, `km.<domain>`: for the servlet port, and for API traffic. */
  readonly frontLabels: { readonly servlet: string; readonly traffic?: string };
  /** OSGi profile, the value of `-Dprofile=` (configuration.md 2.1); undefined runs without one. */
  readonly profile: string | undefined;
  /** Value of `[server] server_role` per version; 3.0.0 knows the portal only as `api-store` (configuration.md 2.1). */
  readonly serverRole: (version: Version) => string;
  /** Directories under `repository/deployment/server` that members of this role need to share (configuration.md 10). */
  readonly sharedDirectories: readonly SharedDirectory[];
};

/**
 * What may be shared: directories under `repository/deployment/server`, or `server` itself with all that is in it, as the page of
 * 3.0.0 has it for Traffic Managers and those of later versions for Gateways too (configuration.md 10).
 */
export type SharedDirectory = 'synapse-configs' | 'executionplans' | 'server';

export const ROLE_FACTS: Readonly<Record<Role, RoleFacts>> = {
  'key-manager': {
    title: 'Key Manager',
    abbreviation: 'km',
    frontLabels: { servlet: 'km' },
    profile: 'api-key-manager',
    serverRole: () => 'api-key-manager',
    sharedDirectories: [],
  },
  'traffic-manager': {
    title: 'Traffic Manager',
    abbreviation: 'tm',
    frontLabels: { servlet: 'tm' },
    profile: 'traffic-manager',
    serverRole: () => 'traffic-manager',
    sharedDirectories: ['executionplans'],
  },
  publisher: {
    title: 'Publisher',
    abbreviation: 'pub',
    frontLabels: { servlet: 'publisher' },
    profile: 'api-publisher',
    serverRole: () => 'api-publisher',
    sharedDirectories: [],
  },
  'developer-portal': {
    title: 'Developer Portal',
    abbreviation: 'dev',
    frontLabels: { servlet: 'devportal' },
    profile: 'api-devportal',
    serverRole: (version) => (version === '3.0.0' ? 'api-store' : 'api-devportal'),
    sharedDirectories: [],
  },
  gateway: {
    title: 'Gateway',
    abbreviation: 'gw',
    frontLabels: { servlet: 'gateway-mgt', traffic: 'gateway' },
    profile: 'gateway-worker',
    serverRole: () => 'gateway-worker',
    sharedDirectories: ['synapse-configs'],
  },
  'all-in-one': {
    title: 'All-in-one',
    abbreviation: 'aio',
    frontLabels: { servlet: 'apim', traffic: 'apim-gateway' },
    profile: undefined,
    serverRole: () => 'default',
    sharedDirectories: ['synapse-configs', 'executionplans'],
  },
};
