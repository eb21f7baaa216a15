import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { listApiCategories } from '../stores/api-categories.ts';

/** `GET /api-categories`, which the Publisher has from 3.2.0. */
export const apiCategoryRoutes = ({ apim, version }: PublisherContext): readonly RestRoute[] =>
  version === '3.2.0'
    ? [
        {
          method: 'GET',
          path: '/api-categories',
          scopes: ['apim:api_view'],
          handle: async () => {
            const list = await listApiCategories(apim);
            return json(200, { count: list.length, list });
          },
        },
      ]
    : [];
