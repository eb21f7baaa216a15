import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { isTenant, tenantList } from '../../rest-api/tenants.ts';

/** `GET /tenants` and `HEAD /tenants/{tenantDomain}`: with whom an API may be shared. */
export const tenantRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/tenants', scopes: ['apim:api_view'], handle: tenantList },
  {
    method: 'HEAD',
    path: '/tenants/:tenantDomain',
    scopes: ['apim:api_view'],
    handle: ({ params }) => ({ status: isTenant(params.tenantDomain ?? '') ? 200 : 404 }),
  },
];
