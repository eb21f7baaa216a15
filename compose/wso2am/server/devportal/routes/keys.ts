import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { applicationToken } from '../keys/application-token.ts';
import { generateKeys } from '../keys/generate-keys.ts';
import { mapKeys } from '../keys/map-keys.ts';
import type { Application } from '../model/application.ts';
import { type ApplicationKeys, keyGeneration, keyMapping, keyUpdate, usableGrants } from '../model/keys.ts';
import { keysBody } from '../model/keys-body.ts';
import { requireApplication } from '../rules/require-application.ts';
import { requireKeys, requireResidentKeys } from '../rules/require-keys.ts';
import { listKeys, writeGrants } from '../stores/keys.ts';
import { keyPaths } from './key-paths.ts';
import { MANAGE_APPLICATIONS } from './scopes.ts';

/**
 * Keys of an application (wire.md 7.2, step 6). The product's Portal has the Key Manager make the OAuth client by SOAP or DCR;
 * here both share apim_db, and the Portal writes the rows itself.
 */
export const keyRoutes = (context: DevportalContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: '/applications/:applicationId/generate-keys',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      const asked = await jsonBody(call, keyGeneration(context.version));
      const keys = await generateKeys(context, application, asked);
      await tellOfKeys(context, application, keys);
      const token = await applicationToken(context.keyManager, keys.client, asked.scopes ?? [], asked.validityTime);
      // Here the state is the workflow's, later that of the row (wire.md 7.2).
      return json(200, keysBody(context.version, { ...keys, state: 'APPROVED' }, token));
    },
  },
  {
    method: 'POST',
    path: '/applications/:applicationId/map-keys',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      const asked = await jsonBody(call, keyMapping(context.version));
      const keys = await mapKeys(context, application, asked);
      await tellOfKeys(context, application, keys);
      if (!keys.client) return json(200, { ...keysBody(context.version, keys), token: NO_TOKEN });
      const token = await applicationToken(context.keyManager, keys.client, [], undefined);
      return json(200, keysBody(context.version, keys, token));
    },
  },
  ...keyPaths(context.version).flatMap(({ path, wanted }): readonly RestRoute[] => [
    {
      method: 'GET',
      path,
      scopes: MANAGE_APPLICATIONS,
      handle: async (call, { user }) => {
        const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
        const list = (await listKeys(context.apim, application.rowId)).map((keys) => keysBody(context.version, keys));
        return json(200, { count: list.length, list });
      },
    },
    {
      method: 'GET',
      path: `${path}/:key`,
      scopes: MANAGE_APPLICATIONS,
      handle: async (call, { user }) => {
        const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
        const keys = await requireKeys(context.apim, application, wanted(call.params.key ?? ''));
        return json(200, keysBody(context.version, keys));
      },
    },
    {
      method: 'PUT',
      path: `${path}/:key`,
      scopes: MANAGE_APPLICATIONS,
      handle: async (call, { user }) => {
        const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
        const keys = await requireResidentKeys(context.apim, application, wanted(call.params.key ?? ''));
        const asked = await jsonBody(call, keyUpdate(context.version));
        const callbackUrl = asked.callbackUrl ?? '';
        const grantTypes = usableGrants(asked.supportedGrantTypes, callbackUrl);
        const client = { ...keys.client, callbackUrl, grantTypes };
        await writeGrants(context.apim, client);
        return json(200, keysBody(context.version, { ...keys, client }));
      },
    },
  ]),
];

/** What `map-keys` says of a token where another Key Manager makes them. */
const NO_TOKEN = { accessToken: '', tokenScopes: ['N/A'], validityTime: 0 };

const tellOfKeys = (
  { events }: DevportalContext,
  application: Application,
  { consumerKey, keyType, keyManager }: ApplicationKeys,
): Promise<void> =>
  events.keysGenerated.fire({ applicationRowId: application.rowId, consumerKey, keyType, keyManager });
