/** Versions of WSO2 API Manager the lab knows (configuration.md 1). */
export const VERSIONS = ['3.0.0', '3.1.0', '3.2.0'] as const;

export type Version = (typeof VERSIONS)[number];

export const DEFAULT_VERSION: Version = '3.0.0';

/** What differs between versions on the wire and on disk; one row per fact, so a reader sees the versions side by side. */
export type VersionFacts = {
  /** `<return>` of `/services/Version` and the "Server" start-up line (wire.md 9). */
  readonly serverName: string;
  /** Path of dynamic client registration on the servlet port (wire.md 1.1). */
  readonly dcrPath: string;
  /** `user_store.type` of the documentation's samples (configuration.md 1). */
  readonly userStoreType: string;
  /** Where a gateway loads block conditions, key templates and revoked tokens from at start (wire.md 2.3, configuration.md 2.3). */
  readonly bootDataFrom: 'key-manager' | 'traffic-manager';
  /** Whether the gateway validates keys by SOAP on the Key Manager or in its own process (wire.md 2). */
  readonly keyValidation: 'soap' | 'in-process';
  /** Whether the event hub (`/internal/data/v1` on the Traffic Manager) exists (configuration.md 5.7). */
  readonly eventHub: boolean;
  /** Scope that client_credentials tokens of an application carry besides the granted ones (wire.md 1.3). */
  readonly applicationScope: string | undefined;
  /** Which node revokes: the gateway's proxy `/revoke` or the Key Manager's `/oauth2/revoke` (configuration.md 1). */
  readonly revokeVia: 'gateway' | 'key-manager';
};

export const VERSION_FACTS: Readonly<Record<Version, VersionFacts>> = {
  '3.0.0': {
    serverName: 'WSO2 API Manager-3.0.0',
    dcrPath: '/client-registration/v0.15/register',
    userStoreType: 'database',
    bootDataFrom: 'key-manager',
    keyValidation: 'soap',
    eventHub: false,
    applicationScope: 'am_application_scope',
    revokeVia: 'gateway',
  },
  '3.1.0': {
    serverName: 'WSO2 API Manager-3.1.0',
    dcrPath: '/client-registration/v0.16/register',
    userStoreType: 'database',
    bootDataFrom: 'key-manager',
    keyValidation: 'soap',
    eventHub: false,
    applicationScope: 'am_application_scope',
    revokeVia: 'key-manager',
  },
  '3.2.0': {
    serverName: 'WSO2 API Manager-3.2.0',
    dcrPath: '/client-registration/v0.17/register',
    userStoreType: 'database_unique_id',
    bootDataFrom: 'traffic-manager',
    keyValidation: 'in-process',
    eventHub: true,
    applicationScope: undefined,
    revokeVia: 'key-manager',
  },
};
