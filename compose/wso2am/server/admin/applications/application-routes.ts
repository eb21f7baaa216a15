import { type Call, json } from '../../carbon/web.ts';
import type { Application } from '../../devportal/model/application.ts';
import { listAllApplications, listApplications } from '../../devportal/stores/applications.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { AdminContext } from '../context.ts';
import { requireSuperTenant } from '../tenants/require-super-tenant.ts';
import { changeOwner } from './change-owner.ts';

const LIST_SCOPES = ['apim:app_owner_change', 'apim:app_import_export', 'apim:admin'];

/** Applications of every user, and who owns them. */
export const applicationRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/applications',
    scopes: LIST_SCOPES,
    handle: async (call) => {
      requireSuperTenant(call.query.get('tenantDomain'));
      return json(200, await list(context, call));
    },
  },
  {
    method: 'POST',
    path: '/applications/:applicationId/change-owner',
    scopes: ['apim:app_owner_change', 'apim:admin'],
    handle: async ({ params, query }) => {
      await changeOwner(context, params.applicationId ?? '', query.get('owner') ?? '');
      return { status: 200 };
    },
  },
];

/** Unlike in the other lists of the REST APIs, the links to other pages stand beside the list. */
const list = async ({ apim }: AdminContext, { query }: Call): Promise<object> => {
  const user = query.get('user') ?? '';
  const found = user === '' ? await listAllApplications(apim) : await listApplications(apim, user);
  const { count, list, pagination } = paged(found.map(body), pageOf(query), '/applications', { user });
  return { count, next: pagination.next, previous: pagination.previous, list };
};

const body = ({ id, name, owner, status }: Application): object => ({
  applicationId: id,
  name,
  owner,
  status,
  groupId: '',
});
