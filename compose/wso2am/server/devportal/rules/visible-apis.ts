import type { User } from '../../carbon/user-store.ts';
import { ADMIN_ROLE } from '../../carbon/users/roles.ts';
import type { Api } from '../../publisher/model/api.ts';
import type { LifecycleState } from '../../publisher/model/lifecycle.ts';
import { type ApiStores, findApi } from '../../publisher/stores/apis.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/** States in which the Portal offers an API. */
const LISTED: readonly LifecycleState[] = ['PUBLISHED', 'PROTOTYPED'];

/** States in which it still shows one whose id is known: subscribers of a deprecated API go on using it. */
const SHOWN: readonly LifecycleState[] = [...LISTED, 'DEPRECATED'];

/** Whether a list has the API. @param user absent for a visitor */
export const isListed = (api: Api, user: User | undefined): boolean =>
  LISTED.includes(api.status) && mayBrowse(api, user);

/** The API a call names. @throws RestError 404 where there is none the visitor may see */
export const requireVisibleApi = async (stores: ApiStores, id: string, user: User | undefined): Promise<Api> => {
  const api = await findApi(stores, id);
  if (!api || !SHOWN.includes(api.status) || !mayBrowse(api, user)) {
    throw new RestError('notFound', `Requested API with Id '${id}' not found`);
  }
  return api;
};

/** `PRIVATE` is for users of the tenant, `RESTRICTED` for those of them with a role. */
const mayBrowse = ({ visibility, visibleRoles, provider }: Api, user: User | undefined): boolean => {
  if (visibility === 'PUBLIC') return true;
  if (!user) return false;
  if (visibility === 'PRIVATE') return true;
  return (
    user.name === provider || user.roles.includes(ADMIN_ROLE) || visibleRoles.some((role) => user.roles.includes(role))
  );
};
