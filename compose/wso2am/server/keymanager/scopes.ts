/** Scopes with the roles they are bound to; one without roles is for everybody who may ask for it. */
export type ScopeRoles = ReadonlyMap<string, ReadonlySet<string>>;

/** What a token gets that was asked for nothing it may have. */
export const DEFAULT_SCOPE = 'default';

/** A scope as RFC 6749 A.4 writes it, as long as the column for it. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/;

/** Column that keeps the scopes of an authorization code; asking for more is not granted less, but refused. */
const LONGEST_LIST = 2048;

/** Whether a `scope` parameter can be dealt with at all. */
export const isScopeList = (text: string): boolean => text.length <= LONGEST_LIST;

/** The scopes of a `scope` parameter, each once; texts that no scope can be are left out. */
export const scopesIn = (text: string | undefined): readonly string[] => [
  ...new Set((text ?? '').split(' ').filter((scope) => SCOPE.test(scope))),
];

export type ScopeRules = {
  /** Roles of the user the token is for. */
  readonly roles: readonly string[];
  /** Scopes that are bound to roles: the product's own ones, and those of subscribed APIs. */
  readonly bound: readonly ScopeRoles[];
  /** Patterns of scopes that anybody gets. */
  readonly allowed: readonly RegExp[];
};

/**
 * What is granted of the requested scopes, sorted. The rest is dropped silently; where nothing is left the token has the
 * scope `default` (wire.md 1.5).
 */
export const grantedScopes = (
  requested: readonly string[],
  { roles, bound, allowed }: ScopeRules,
): readonly string[] => {
  const isGranted = (scope: string): boolean => {
    // The product puts its own scopes over those of APIs that have the same name.
    const needed = bound.map((scopes) => scopes.get(scope)).find((each) => each !== undefined);
    if (needed && needed.size > 0) return roles.some((role) => needed.has(role));
    return needed !== undefined || allowed.some((pattern) => pattern.test(scope));
  };
  const granted = requested.filter(isGranted);
  return granted.length === 0 ? [DEFAULT_SCOPE] : granted.sort();
};
