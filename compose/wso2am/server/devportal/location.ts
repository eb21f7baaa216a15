import { REST_BASE_PATHS } from '../../../../lab/product/rest-apis.ts';
import type { DevportalContext } from './context.ts';

/** Full URL of a resource of the Portal's REST API on this node. */
export const locationOf = ({ keyManager, version }: DevportalContext, path: string): string =>
  keyManager.settings.baseUrl + (REST_BASE_PATHS.store[version][0] ?? '') + path;
