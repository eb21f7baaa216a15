import type { KeyManagerContext } from './context.ts';
import { OAuthError } from './oauth-error.ts';
import { REST_API_SCOPES } from './scope-roles.ts';
import { grantedScopes, isScopeList, scopesIn } from './scopes.ts';
import { apiScopes } from './stores/api-scopes.ts';
import type { OAuthClient } from './stores/clients.ts';

/** The scopes of a `scope` parameter. @throws OAuthError for a list that is too long to keep */
export const requestedScopes = (text: string | undefined): readonly string[] => {
  if (text !== undefined && !isScopeList(text)) throw new OAuthError('invalidScope');
  return scopesIn(text);
};

/**
 * What a user gets of the scopes that were asked for, sorted (wire.md 1.5).
 * @param user without tenant
 */
export const approveScopes = async (
  context: KeyManagerContext,
  client: OAuthClient,
  user: string,
  requested: readonly string[],
): Promise<readonly string[]> => {
  const { version, users, database, settings } = context;
  const [roles, ofApis] = await Promise.all([
    users.find(user).then((found) => found?.roles ?? []),
    apiScopes(database, version, client.consumerKey),
  ]);
  const bound = [REST_API_SCOPES[version], ofApis];
  return grantedScopes(requested, { roles, bound, allowed: settings.allowedScopes });
};
