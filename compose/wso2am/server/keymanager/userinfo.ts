import { type Answer, type Call, type Endpoint, json } from '../carbon/web.ts';
import { answering } from './answering.ts';
import type { KeyManagerContext } from './context.ts';
import { isForm } from './form.ts';
import { findPresentedToken, isValid } from './presented-token.ts';
import { qualifiedName } from './qualified-name.ts';
import { scopesOf } from './stores/tokens.ts';

const CLASS = 'org.wso2.carbon.identity.oauth.endpoint.user.OpenIDConnectUserEndpoint';

/** Refusals (identity-inbound-auth-oauth v6.2.25, OpenIDConnectUserEndpoint): status, code, description. */
const REFUSALS = {
  missing: [400, 'invalid_request', 'Bearer token missing'],
  invalid: [401, 'invalid_token', 'Access token validation failed'],
  scope: [403, 'insufficient_scope', 'Access token does not have the openid scope'],
} as const;

/** `/oauth2/userinfo` (wire.md 1.2): who the user is that a token with the scope `openid` is for. */
export const userinfoEndpoint = (context: KeyManagerContext): Endpoint => ({
  method: ['GET', 'POST'],
  path: '/oauth2/userinfo',
  handle: answering(context, CLASS, async (call) => {
    const shown = await bearerToken(call);
    if (shown === undefined) return refusal('missing');
    const presented = await findPresentedToken(context, shown);
    if (!presented || !isValid(context, presented.token, presented.token.access)) return refusal('invalid');
    const { token } = presented;
    if (!(await scopesOf(context.database, token.tokenId)).includes('openid')) return refusal('scope');
    const claims = { sub: qualifiedName(token.user) };
    return json(200, claims, { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
  }),
});

const refusal = (reason: keyof typeof REFUSALS): Answer => {
  const [status, error, description] = REFUSALS[reason];
  return json(status, { error_description: description, error }, { 'WWW-Authenticate': `Bearer error="${error}"` });
};

/** The token of the header, or, where there is no such header, of the query or the form. */
const bearerToken = async (call: Call): Promise<string | undefined> => {
  const { authorization = '' } = call.headers;
  if (authorization.trim() !== '') return /^Bearer +(\S+)/.exec(authorization.trim())?.[1];
  const parameter = call.query.get('access_token') ?? (isForm(call) ? (await call.form()).get('access_token') : null);
  return parameter?.trim() || undefined;
};
