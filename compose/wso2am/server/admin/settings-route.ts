import { json } from '../carbon/web.ts';
import type { RestRoute } from '../rest-api/rest-endpoints.ts';
import { KEY_MANAGER_TYPES } from './key-managers/key-manager-types.ts';

/** `GET /settings`: what the administrators' user interface of 3.2.0 asks first. @param scopes of the whole REST API */
export const settingsRoute = (scopes: readonly string[]): RestRoute => ({
  method: 'GET',
  path: '/settings',
  scopes: ['apim:admin_settings', 'apim:admin'],
  handle: () =>
    json(200, {
      scopes,
      keyManagerConfiguration: KEY_MANAGER_TYPES.map((type) => ({ type, configurations: [] })),
      analyticsEnabled: false,
    }),
});
