import { REST_BASE_PATHS } from '../../../../lab/product/rest-apis.ts';
import type { PublisherContext } from './context.ts';

/** Full URL of a resource of the Publisher's REST API on this node. */
export const locationOf = ({ keyManager, version }: PublisherContext, path: string): string =>
  keyManager.settings.baseUrl + (REST_BASE_PATHS.publisher[version][0] ?? '') + path;
