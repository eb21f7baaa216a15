import { approveScopes } from '../approve-scopes.ts';
import type { KeyManagerContext } from '../context.ts';
import { isExpired } from '../expiry.ts';
import { issueToken } from '../issue-token.ts';
import { OAuthError } from '../oauth-error.ts';
import { verifyPkce } from '../pkce.ts';
import { type AuthorizationCode, linkToken, takeCode } from '../stores/authorization-codes.ts';
import { retireToken } from '../stores/change-tokens.ts';
import type { Grant } from './grant.ts';

/** The client has a code that a user's log-in brought it. A code is good for one attempt, be it a wrong one. */
export const authorizationCodeGrant: Grant = {
  parameters: ['code', 'redirect_uri'],
  handsOutRefreshToken: true,
  handsOutIdToken: true,
  issue: async (context, { client, form }) => {
    const code = await takeCode(context.database, client.id, form.get('code') ?? '');
    if (!code) throw new OAuthError('unknownCode');
    if (code.isUsed) throw await refusalOfReuse(context, code);
    if (isExpired(code.lifetime, context.clock(), context.settings.clockSkewMs)) throw new OAuthError('expiredCode');
    if (form.get('redirect_uri') !== code.callbackUrl) throw new OAuthError('callbackMismatch');
    verifyPkce(code, form.get('code_verifier'));

    const token = await issueToken(context, {
      client,
      user: code.user,
      userType: 'APPLICATION_USER',
      grantType: 'authorization_code',
      scopes: await approveScopes(context, client, code.user, code.scopes),
    });
    await linkToken(context.database, code.codeId, token.tokenId);
    return { token, login: code.login };
  },
};

/** Who presents a code again may have stolen it: what it led to is revoked (RFC 6749 4.1.2). */
const refusalOfReuse = async ({ database }: KeyManagerContext, code: AuthorizationCode): Promise<OAuthError> => {
  if (code.tokenId !== undefined) await retireToken(database, code.tokenId, 'REVOKED');
  return new OAuthError('usedCode');
};
