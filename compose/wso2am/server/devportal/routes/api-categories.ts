import { json } from '../../carbon/web.ts';
import { listApiCategories } from '../../publisher/stores/api-categories.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { open } from './open.ts';

/** `GET /api-categories`, which the Portal has from 3.2.0. */
export const apiCategoryRoutes = ({ apim, version }: DevportalContext): readonly RestRoute[] =>
  version === '3.2.0'
    ? [
        open('/api-categories', async () => {
          const list = await listApiCategories(apim);
          return json(200, { count: list.length, list });
        }),
      ]
    : [];
