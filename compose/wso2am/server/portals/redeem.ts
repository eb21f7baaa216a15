import { GRANTS } from '../keymanager/grants/grants.ts';
import { OAuthError } from '../keymanager/oauth-error.ts';
import { type TokenBody, tokenBody } from '../keymanager/token-body.ts';
import { findPortalClient } from './portal-client.ts';
import type { PortalContext } from './portal-context.ts';

/**
 * The token call of a portal's server. The product makes it over HTTPS to its own server URL; the OAuth webapp is in this
 * process, and the nodes of a pair share its state, so this asks without going round.
 * @throws OAuthError when the grant is refused, or the portal has no client
 */
export const redeem = async (
  context: PortalContext,
  grantType: 'authorization_code' | 'refresh_token',
  parameters: Readonly<Record<string, string>>,
): Promise<TokenBody> => {
  const grant = GRANTS.get(grantType);
  if (!grant) throw new OAuthError('unsupportedGrantType', grantType);
  const client = await findPortalClient(context);
  if (!client) throw new OAuthError('unknownClient', context.portal.client);
  const form = new Map(Object.entries(parameters));
  const granted = await grant.issue(context.keyManager, { client, form });
  return tokenBody(context.keyManager, { client, grant, grantType, granted });
};
