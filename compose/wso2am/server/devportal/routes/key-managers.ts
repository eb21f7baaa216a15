import { json } from '../../carbon/web.ts';
import { GRANTS } from '../../keymanager/grants/grants.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { type KeyManagerRow, listKeyManagers, RESIDENT_TYPE } from '../stores/key-managers.ts';

/** `GET /key-managers`, which came with 3.2.0: who makes keys for applications. */
export const keyManagerRoutes = (context: DevportalContext): readonly RestRoute[] =>
  context.version === '3.2.0'
    ? [
        {
          method: 'GET',
          path: '/key-managers',
          scopes: ['apim:subscribe'],
          handle: async () => {
            const list = (await listKeyManagers(context.apim)).map((row) => keyManagerBody(context, row));
            return json(200, { count: list.length, list });
          },
        },
      ]
    : [];

const keyManagerBody = (context: DevportalContext, row: KeyManagerRow): object => {
  const { id, name, type, description, enabled } = row;
  return {
    id,
    name,
    type,
    description,
    enabled,
    ...(type === RESIDENT_TYPE ? ofResident(context) : ofOther(row)),
    applicationConfiguration: [],
    additionalProperties: {},
  };
};

/** The end points are those of the first gateway that says that it shows them, else of the first (configuration.md 5.3). */
const ofResident = ({ environments }: DevportalContext): object => {
  const gateway = environments.find(({ showAsTokenEndpointUrl }) => showAsTokenEndpointUrl) ?? environments[0];
  const [url = ''] = gateway?.gatewayEndpoint.split(',') ?? [];
  const endpoint = (path: string): string | null => (url === '' ? null : url + path);
  return {
    availableGrantTypes: [...GRANTS.keys()],
    tokenEndpoint: endpoint('/token'),
    revokeEndpoint: endpoint('/revoke'),
    userInfoEndpoint: endpoint('/userinfo'),
    enableTokenGeneration: true,
    enableTokenEncryption: false,
    enableTokenHashing: false,
    enableOAuthAppCreation: true,
    enableMapOAuthConsumerApps: false,
  };
};

/** What an administrator said of it; of other settings the Portal tells nothing. */
const ofOther = ({ configuration }: KeyManagerRow): object => ({
  availableGrantTypes: configuration.grant_types ?? [],
  tokenEndpoint: configuration.token_endpoint ?? null,
  revokeEndpoint: configuration.revoke_endpoint ?? null,
  userInfoEndpoint: configuration.userinfo_endpoint ?? null,
  enableTokenGeneration: configuration.enable_token_generation === true,
  enableTokenEncryption: configuration.enable_token_encryption === true,
  enableTokenHashing: configuration.enable_token_hash === true,
  enableOAuthAppCreation: configuration.enable_oauth_app_creation === true,
  enableMapOAuthConsumerApps: configuration.enable_map_oauth_consumer_apps === true,
});
