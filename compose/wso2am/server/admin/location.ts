import type { Call } from '../carbon/web.ts';
import type { AdminContext } from './context.ts';

/** Full URL of what a call to a collection has made, under the very base path it was asked by: 3.2.0 has two. */
export const locationOf = ({ keyManager }: AdminContext, { path }: Call, id: string): string =>
  `${keyManager.settings.baseUrl}${path}/${id}`;
