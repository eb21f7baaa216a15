import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { requireApi } from '../rules/require-api.ts';

/** Portals of other installations that APIs are published to: `deployment.toml` knows no key for them, so there are none. */
export const externalStoreRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/external-stores',
    scopes: ['apim:api_view'],
    handle: () => json(200, { count: 0, list: [] }),
  },
  {
    method: 'GET',
    path: '/apis/:apiId/external-stores',
    scopes: ['apim:api_view'],
    handle: async ({ params }, { user }) => {
      await requireApi(context, params.apiId ?? '', user);
      return json(200, { count: 0, list: [] });
    },
  },
];
