import { type Answer, type Endpoint, json } from '../carbon/web.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { answering } from './answering.ts';
import { authenticateClient } from './client-authentication.ts';
import type { KeyManagerContext } from './context.ts';
import { type Form, isForm, singleParameters } from './form.ts';
import type { Grant } from './grants/grant.ts';
import { GRANTS, isUnsimulatedGrant } from './grants/grants.ts';
import { OAuthError } from './oauth-error.ts';
import { type Answered, tokenBody } from './token-body.ts';

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

const tokenAnswer = (context: KeyManagerContext, answered: Answered): Answer => {
  const { deactivated } = answered.granted;
  return json(200, tokenBody(context, answered), {
    'Cache-Control': 'no-store',
    Pragma: 'no-cache',
    ...(deactivated !== undefined && { DeactivatedAccessToken: deactivated }),
  });
};
