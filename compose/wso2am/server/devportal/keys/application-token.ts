import { approveScopes } from '../../keymanager/approve-scopes.ts';
import type { KeyManagerContext } from '../../keymanager/context.ts';
import { type IssuedToken, issueToken } from '../../keymanager/issue-token.ts';
import type { OAuthClient } from '../../keymanager/stores/clients.ts';

/**
 * A token of the client itself, as its client_credentials grant gives one (wire.md 1.3, 7.2).
 * @param validitySeconds absent for the client's own; negative for ever
 */
export const applicationToken = async (
  keyManager: KeyManagerContext,
  client: OAuthClient,
  requested: readonly string[],
  validitySeconds: number | null | undefined,
): Promise<IssuedToken> => {
  const { applicationScope } = keyManager.settings;
  const approved = await approveScopes(keyManager, client, client.owner, requested);
  const scopes = [...new Set([...approved, ...(applicationScope === undefined ? [] : [applicationScope])])].sort();
  return issueToken(keyManager, {
    client,
    user: client.owner,
    userType: 'APPLICATION',
    grantType: 'client_credentials',
    scopes,
    validity: validitySeconds ? validitySeconds * 1000 : undefined,
  });
};
