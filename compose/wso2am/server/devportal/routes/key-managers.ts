import { json } from '../../carbon/web.ts';
import { GRANTS } from '../../keymanager/grants/grants.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { type KeyManagerRow, listKeyManagers } from '../stores/key-managers.ts';

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

/** The end points are those of the first gateway that says that it shows them, else of the first (configuration.md 5.3). */
const keyManagerBody = (
  { environments }: DevportalContext,
  { id, name, type, description, enabled }: KeyManagerRow,
): object => {
  const gateway = environments.find(({ showAsTokenEndpointUrl }) => showAsTokenEndpointUrl) ?? environments[0];
  const [url = ''] = gateway?.gatewayEndpoint.split(',') ?? [];
  const endpoint = (path: string): string | null => (url === '' ? null : url + path);
  return {
    id,
    name,
    type,
    description,
    enabled,
    availableGrantTypes: [...GRANTS.keys()],
    tokenEndpoint: endpoint('/token'),
    revokeEndpoint: endpoint('/revoke'),
    userInfoEndpoint: endpoint('/userinfo'),
    enableTokenGeneration: true,
    enableTokenEncryption: false,
    enableTokenHashing: false,
    enableOAuthAppCreation: true,
    enableMapOAuthConsumerApps: false,
    applicationConfiguration: [],
    additionalProperties: {},
  };
};
