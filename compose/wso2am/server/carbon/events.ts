import { createHook, type Hook } from './hook.ts';

/** What other parts of a node, or other nodes, want to hear of. Each is fired after its change is committed. */
export type CarbonEvents = {
  readonly tokenRevoked: Hook<RevokedToken>;
  readonly apiChanged: Hook<ApiChange>;
  readonly apiSaved: Hook<SavedApi>;
  readonly applicationChanged: Hook<ApplicationChange>;
  readonly keysGenerated: Hook<GeneratedKeys>;
  readonly subscriptionChanged: Hook<SubscriptionChange>;
  readonly policyChanged: Hook<PolicyChange>;
  readonly keyManagerChanged: Hook<KeyManagerChange>;
  readonly userChanged: Hook<UserChange>;
};

/** The facts that the revocation events of all versions draw from (wire.md 4.3). */
export type RevokedToken = {
  readonly token: string;
  readonly tokenType: 'DEFAULT' | 'JWT' | 'API_KEY';
  /** Epoch milliseconds for a JWT or an API key; for an opaque token since 3.2.0, 0 before. */
  readonly expiryTime: number;
  /** Empty for an API key: no client stands behind it. */
  readonly consumerKey: string;
  /** `admin@carbon.super`. */
  readonly user: string;
};

export type Change = 'created' | 'updated' | 'deleted';

/** An API as the events of wire.md 5.9 describe it. */
export type ApiChange = {
  readonly change: Change | 'lifecycle-changed';
  /** `API_ID`. */
  readonly rowId: number;
  readonly name: string;
  readonly version: string;
  /** With the version in it: `/pizzashack/1.0.0`. */
  readonly context: string;
  readonly provider: string;
  readonly status: string;
  /** Resources of now, where gateways have the API and its resources are no longer those they know; else none. */
  readonly changedResources: readonly { readonly template: string; readonly verb: string }[];
};

/** What gateways of 3.2.0 have to fetch: an API is saved for those with some labels, to be served or to be forgotten. */
export type SavedApi = {
  readonly instruction: 'Publish' | 'Remove';
  /** UUID. */
  readonly id: string;
  readonly gatewayLabels: readonly string[];
};

export type ApplicationChange = {
  readonly change: Change;
  /** `APPLICATION_ID`. */
  readonly rowId: number;
  /** UUID. */
  readonly id: string;
  readonly name: string;
  readonly tokenType: string;
  readonly policy: string;
  /** Without tenant. */
  readonly subscriber: string;
  /** Tokens that a deletion took along; as long as there is the application, its tokens can be looked up. */
  readonly deletedTokens: readonly string[];
};

/** An application has got an OAuth client. */
export type GeneratedKeys = {
  /** `APPLICATION_ID`. */
  readonly applicationRowId: number;
  readonly consumerKey: string;
  readonly keyType: string;
  readonly keyManager: string;
};

export type SubscriptionChange = {
  readonly change: Change;
  /** `SUBSCRIPTION_ID`. */
  readonly rowId: number;
  /** `API_ID`. */
  readonly apiRowId: number;
  /** `APPLICATION_ID`. */
  readonly applicationRowId: number;
  readonly policy: string;
  /** `SUB_STATUS`: `UNBLOCKED`, `BLOCKED`, `PROD_ONLY_BLOCKED`. */
  readonly state: string;
};

/** A throttling policy of any level. */
export type PolicyChange = {
  readonly change: Change;
  readonly level: 'api' | 'application' | 'subscription' | 'global';
  /** `POLICY_ID`. */
  readonly rowId: number;
  readonly name: string;
  /** `requestCount` or `bandwidthVolume`; absent for custom policies, which have no quota. */
  readonly quotaType?: string;
  /** What subscription policies have besides. */
  readonly subscription?: {
    readonly rateLimitCount: number;
    /** `sec`, `min`; absent without a limit. */
    readonly rateLimitTimeUnit?: string;
    readonly stopOnQuotaReach: boolean;
  };
  /** Of an advanced policy: `CONDITION_GROUP_ID`s that are no longer there. */
  readonly deletedConditionGroups?: readonly number[];
};

/** A Key Manager of 3.2.0, by the settings that gateways validate its tokens with. */
export type KeyManagerChange = {
  readonly change: Change;
  readonly name: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly configuration: Readonly<Record<string, unknown>>;
};

export type UserChange = {
  readonly change: 'added' | 'deleted' | 'roles-changed' | 'credential-changed';
  /** Without tenant. More than one where the users of a role changed. */
  readonly users: readonly string[];
  /** Tokens of the users that were in use before the change, and of which gateways must think anew. */
  readonly tokens: readonly string[];
};

/** Hooks without listeners. @param onFailure hears what a listener threw, and of what */
export const createEvents = (onFailure: (what: string, cause: unknown) => void): CarbonEvents => {
  const hook = <T>(what: string): Hook<T> => createHook((cause) => onFailure(what, cause));
  return {
    tokenRevoked: hook('a revoked token'),
    apiChanged: hook('a change of an API'),
    apiSaved: hook('a saved API'),
    applicationChanged: hook('a change of an application'),
    keysGenerated: hook('keys of an application'),
    subscriptionChanged: hook('a change of a subscription'),
    policyChanged: hook('a change of a policy'),
    keyManagerChanged: hook('a change of a Key Manager'),
    userChanged: hook('a change of a user'),
  };
};
