import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/**
 * Operations whose paths look like that of an API, so that the listener would answer 405 to them: `POST /apis/import-openapi`,
 * `/apis/validate` and their kin.
 */
export const notSimulatedRoutes: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/apis/:operation',
    scopes: ['apim:api_create'],
    handle: ({ method, path }) => {
      throw new RestError('notSimulated', `The simulator does not simulate ${method} ${path}`);
    },
  },
];
