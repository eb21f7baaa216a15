import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { generateApiKey } from '../keys/generate-api-key.ts';
import { revokeApiKey } from '../keys/revoke-api-key.ts';
import { apiKeyGeneration, apiKeyRevocation, keyTypeOf } from '../model/api-key.ts';
import type { KeyType } from '../model/keys.ts';
import { requireApplication } from '../rules/require-application.ts';
import { MANAGE_API_KEYS } from './scopes.ts';

const PATH = '/applications/:applicationId/api-keys/:keyType';

/** Validity of a key that never ends, in its answer. */
const FOR_EVER = -1;

/** API keys of an application, which live in the hands of their owners only. */
export const apiKeyRoutes = (context: DevportalContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: `${PATH}/generate`,
    scopes: MANAGE_API_KEYS,
    handle: async (call, { user }) => {
      const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      const keyType = requireKeyType(call.params.keyType ?? '');
      const asked = await jsonBody(call, apiKeyGeneration(context.version));
      const validityPeriod = asked.validityPeriod && asked.validityPeriod > 0 ? asked.validityPeriod : FOR_EVER;
      const restrictions = asked.additionalProperties ?? {};
      const apikey = await generateApiKey(context, application, user, { keyType, validityPeriod, restrictions });
      return json(200, { apikey, validityTime: validityPeriod });
    },
  },
  {
    method: 'POST',
    path: `${PATH}/revoke`,
    scopes: MANAGE_API_KEYS,
    handle: async (call, { user }) => {
      const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      requireKeyType(call.params.keyType ?? '');
      const { apikey } = await jsonBody(call, apiKeyRevocation);
      await revokeApiKey(context, application, apikey);
      return { status: 200 };
    },
  },
];

const requireKeyType = (word: string): KeyType => {
  const keyType = keyTypeOf(word);
  if (keyType) return keyType;
  throw new RestError('badRequest', 'Invalid keyType. KeyType should be either PRODUCTION or SANDBOX');
};
