import type { User } from '../../carbon/user-store.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { Api } from '../model/api.ts';
import { type ApiStores, findApi } from '../stores/apis.ts';
import { mayManage } from './may-manage.ts';

/** The API a call names. @throws RestError 404 where there is none the user may see */
export const requireApi = async (stores: ApiStores, id: string, user: User): Promise<Api> => {
  const api = await findApi(stores, id);
  if (!api || !mayManage(user, api)) throw new RestError('notFound', `Requested API with Id '${id}' not found`);
  return api;
};
