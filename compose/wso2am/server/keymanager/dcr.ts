import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import { ClientGone, PayloadTooLarge } from '../carbon/read-body.ts';
import type { User } from '../carbon/user-store.ts';
import { hasPermission, PERMISSIONS } from '../carbon/users/permissions.ts';
import { type Answer, type Call, type Endpoint, json } from '../carbon/web.ts';
import type { KeyManagerContext } from './context.ts';
import { isGrantType } from './grants/grants.ts';
import { type RegistrationProfile, registrationProfile } from './registration-profile.ts';
import { restFault } from './rest-fault.ts';
import type { OAuthClient } from './stores/clients.ts';
import { findOrRegisterClient } from './stores/register-client.ts';

const CLASS = 'org.wso2.carbon.apimgt.rest.api.dcr.web.impl.RegistrationServiceImpl';

const BAD_REQUEST = 'Bad Request';

/** Dynamic client registration under the path of the product's version (wire.md 1.1). */
export const dcrEndpoints = (context: KeyManagerContext): readonly Endpoint[] => {
  const path = VERSION_FACTS[context.version].dcrPath;
  return [
    { method: 'POST', path, handle: authenticated(context, (call, user) => register(context, call, user)) },
    {
      method: 'DELETE',
      path,
      handle: authenticated(context, async () => ({
        status: 500,
        headers: { 'Content-Type': 'application/json' },
        body: `Dynamic Client Registration Service's resource deletion not implemented.`,
      })),
    },
  ];
};

const authenticated =
  (
    { authenticator, log }: KeyManagerContext,
    handler: (call: Call, user: User) => Promise<Answer>,
  ): Endpoint['handle'] =>
  async (call) => {
    try {
      const user = await authenticator.basic(call);
      return user ? await handler(call, user) : restFault(401, '', 'Unauthenticated request');
    } catch (cause) {
      if (cause instanceof PayloadTooLarge || cause instanceof ClientGone) throw cause;
      log(CLASS).error(
        `Error occurred while trying to create the client application [activity ${call.activityId}]`,
        cause,
      );
      return restFault(500, 'Internal server error', 'Error occurred while trying to create the client application');
    }
  };

const register = async (context: KeyManagerContext, call: Call, user: User): Promise<Answer> => {
  if (!/^application\/json\s*(?:;|$)/i.test(call.headers['content-type'] ?? '')) {
    return restFault(415, 'Unsupported Media Type', 'The entity of the request was in a not supported format');
  }
  const parsed = parseProfile(await call.body());
  if ('fault' in parsed) return parsed.fault;
  const { profile } = parsed;
  if (!mayRegister(user))
    return restFault(403, 'Forbidden', 'You do not have enough privileges to create an OAuth app');
  if (ownerName(profile) !== user.name) {
    const description = `Logged in user '${user.name}' and application owner '${profile.owner}' should be same.`;
    return restFault(400, BAD_REQUEST, description);
  }
  return registered(context, profile);
};

type Parsed = { readonly profile: RegistrationProfile } | { readonly fault: Answer };

const parseProfile = (body: Buffer): Parsed => {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { fault: restFault(400, BAD_REQUEST, 'Malformed request body.') };
  }
  const result = registrationProfile.safeParse(content);
  if (result.success) return { profile: result.data };
  const fields = [...new Set(result.error.issues.map(({ path }) => path.join('.')))].join(', ');
  const description = `One or more request body parameters contain disallowed values.${fields && ` (${fields})`}`;
  return { fault: restFault(400, BAD_REQUEST, description) };
};

/** Whoever may do something with APIs. */
const mayRegister = (user: User): boolean =>
  [PERMISSIONS.createApi, PERMISSIONS.publishApi, PERMISSIONS.subscribeApi].some((each) => hasPermission(user, each));

/** `admin` of `admin@carbon.super`. */
const ownerName = ({ owner }: RegistrationProfile): string => owner.replace(/@carbon\.super$/i, '');

/** Grants that begin in a browser need a place to come back to. */
const NEED_CALLBACK: readonly string[] = ['authorization_code', 'implicit'];

const registered = async (context: KeyManagerContext, profile: RegistrationProfile): Promise<Answer> => {
  const { database, settings, version } = context;
  const owner = ownerName(profile);
  const name = `${owner.replaceAll('/', '_')}_${profile.clientName}`;
  const callbackUrl = profile.callbackUrl ?? '';
  const asked = (profile.grantType ?? '').split(/\s+/).filter((grant) => grant !== '');
  const unknown = asked.find((grant) => !isGrantType(version, grant));
  if (name.length > 255 || unknown !== undefined) {
    const reason = unknown === undefined ? 'The name of the application is too long' : `${unknown} not allowed`;
    return restFault(400, BAD_REQUEST, `Error occurred while trying to create the client application: ${reason}`);
  }
  const client = await findOrRegisterClient(database, {
    name,
    owner,
    callbackUrl,
    grantTypes: asked.filter((grant) => callbackUrl !== '' || !NEED_CALLBACK.includes(grant)),
    tokenType: profile.tokenType || 'DEFAULT',
    isSaas: profile.saasApp ?? false,
    userTokenValidity: settings.userTokenValidity,
    applicationTokenValidity: settings.applicationTokenValidity,
    refreshTokenValidity: settings.refreshTokenValidity,
  });
  // "a" with "b_c" and "a_b" with "c" come to one name.
  return client.owner === owner
    ? json(200, description(client))
    : restFault(403, 'Forbidden', 'Access is forbidden to the application');
};

const description = (client: OAuthClient) => ({
  clientId: client.consumerKey,
  clientName: client.name,
  callBackURL: client.callbackUrl,
  clientSecret: client.consumerSecret,
  isSaasApplication: client.isSaas,
  appOwner: client.owner,
  jsonString: JSON.stringify({
    grant_types: client.grantTypes.join(' '),
    redirect_uris: client.callbackUrl,
    client_name: client.name,
  }),
  jsonAppAttribute: '{}',
  tokenType: null,
});
