import { type Answer, type Endpoint, json } from '../carbon/web.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { answering } from './answering.ts';
import { authenticateClient } from './client-authentication.ts';
import type { KeyManagerContext } from './context.ts';
import { expiresIn } from './expiry.ts';
import { type Form, isForm, singleParameters } from './form.ts';
import type { Grant, Granted } from './grants/grant.ts';
import { GRANTS, isUnsimulatedGrant } from './grants/grants.ts';
import { idToken } from './issuers/id-token.ts';
import { OAuthError } from './oauth-error.ts';
import type { OAuthClient } from './stores/clients.ts';

const CLASS = 'org.wso2.carbon.identity.oauth.endpoint.token.OAuth2TokenEndpoint';

/** `POST /oauth2/token` (wire.md 1.3). */
export const tokenEndpoint = (context: KeyManagerContext): Endpoint => ({
  method: 'POST',
  path: '/oauth2/token',
  handle: answering(context, CLASS, async (call) => {
    if (!isForm(call)) return { status: 415 };
    const form = singleParameters(await call.form());
    const grantType = form.get('grant_type') ?? '';
    const grant = grantOf(context, form, grantType);
    const client = await authenticateClient(context, call, form);
    if (!client.grantTypes.includes(grantType)) throw new OAuthError('grantNotAllowed');
    const granted = await grant.issue(context, { client, form });
    return tokenAnswer(context, { client, grant, grantType, granted });
  }),
});

/** The grant that a request is for, once it has the parameters which that needs. @throws OAuthError */
const grantOf = ({ version, log }: KeyManagerContext, form: Form, grantType: string): Grant => {
  if (grantType === '') throw new OAuthError('missingGrantType');
  const grant = GRANTS.get(grantType);
  if (!grant && isUnsimulatedGrant(version, grantType)) {
    notSimulatedLog(log)(`grant type ${grantType}`);
    throw new OAuthError('unsimulatedGrantType', grantType);
  }
  if (!grant) throw new OAuthError('unsupportedGrantType', grantType);
  const missing = grant.parameters.filter((name) => !form.has(name));
  if (missing.length > 0) throw new OAuthError('missingParameters', missing.join(' '));
  return grant;
};

type Answered = {
  readonly client: OAuthClient;
  readonly grant: Grant;
  readonly grantType: string;
  readonly granted: Granted;
};

const tokenAnswer = (context: KeyManagerContext, { client, grant, grantType, granted }: Answered): Answer => {
  const { token, login, deactivated } = granted;
  const getsRefreshToken = grant.handsOutRefreshToken && client.grantTypes.includes('refresh_token');
  const getsIdToken = grant.handsOutIdToken && token.scopes.includes('openid');
  const { accessToken, refreshToken, scopes, user, left } = token;
  return json(
    200,
    {
      access_token: accessToken,
      ...(getsRefreshToken && { refresh_token: refreshToken }),
      scope: scopes.join(' '),
      ...(getsIdToken && { id_token: idToken(context, { client, user, accessToken, method: grantType, login }) }),
      token_type: 'Bearer',
      expires_in: expiresIn(left),
    },
    {
      'Cache-Control': 'no-store',
      Pragma: 'no-cache',
      ...(deactivated !== undefined && { DeactivatedAccessToken: deactivated }),
    },
  );
};
