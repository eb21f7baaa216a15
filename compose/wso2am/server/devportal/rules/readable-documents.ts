import type { User } from '../../carbon/user-store.ts';
import type { Api } from '../../publisher/model/api.ts';
import type { ApiDocumentation } from '../../publisher/model/document.ts';
import { listDocumentation } from '../../publisher/stores/documentation.ts';
import type { DevportalContext } from '../context.ts';

/** `API_LEVEL` is for whoever sees the API, `PRIVATE` for users, `OWNER_ONLY` for its provider. */
export const readableDocuments = async (
  { shared }: DevportalContext,
  api: Api,
  user: User | undefined,
): Promise<readonly ApiDocumentation[]> =>
  (await listDocumentation(shared, api)).filter(
    ({ visibility }) =>
      visibility === 'API_LEVEL' ||
      (visibility === 'PRIVATE' && user !== undefined) ||
      (visibility === 'OWNER_ONLY' && user?.name === api.provider),
  );
