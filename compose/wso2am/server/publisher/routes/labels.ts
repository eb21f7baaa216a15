import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { listLabels } from '../stores/labels.ts';

/** `GET /labels`: what administrators made. */
export const labelsRoute = ({ apim }: PublisherContext): RestRoute => ({
  method: 'GET',
  path: '/labels',
  scopes: ['apim:api_view'],
  handle: async () => {
    const list = (await listLabels(apim)).map(({ name, description, accessUrls }) => ({
      name,
      description,
      accessUrls,
    }));
    return json(200, { count: list.length, list });
  },
});
