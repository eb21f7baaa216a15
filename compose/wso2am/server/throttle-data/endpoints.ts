import type { Endpoint } from '../carbon/web.ts';
import { type DataContext, dataEndpoints } from './data-endpoints.ts';
import { throttleDataRoutes } from './throttle-data-routes.ts';

/**
 * The web application `throttle#data#v1` of the Key Manager until 3.1.0 (wire.md 0, 5.11).
 * @throws Error where the node has no `apim_db`
 */
export const throttleDataEndpoints = (context: DataContext): readonly Endpoint[] => {
  const { apim } = context.databases;
  if (apim === undefined) throw new Error('/throttle/data/v1 needs [database.apim_db]');
  return dataEndpoints(context, '/throttle/data/v1', throttleDataRoutes(apim, context.version));
};
