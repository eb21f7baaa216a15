import { SUPER_TENANT_DOMAIN, SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';

/** `GET /tenant-info/{username}`: the tenant a user is of. */
export const tenantInfoRoute = ({ users }: AdminContext): RestRoute => ({
  method: 'GET',
  path: '/tenant-info/:username',
  scopes: ['apim:tenantInfo', 'apim:admin'],
  handle: async ({ params: { username = '' } }) => {
    if (!(await users.find(username))) throw new RestError('notFound', `Requested User '${username}' not found`);
    return json(200, { username, tenantDomain: SUPER_TENANT_DOMAIN, tenantId: SUPER_TENANT_ID });
  },
});
