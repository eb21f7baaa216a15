import { isDeepStrictEqual } from 'node:util';
import type { ApiChange } from '../../carbon/events.ts';
import { type Api, fullContext } from './api.ts';
import { isDeployed } from './lifecycle.ts';

/**
 * What other nodes hear of a change to an API.
 * @param before the API as gateways know it; absent for one that none can know yet
 */
export const apiChange = (change: ApiChange['change'], api: Api, before?: Api): ApiChange => ({
  change,
  rowId: api.rowId,
  name: api.name,
  version: api.version,
  context: fullContext(api),
  provider: api.provider,
  status: api.status,
  changedResources: before && isDeployed(before.status) ? resourcesUnlessSame(before, api) : [],
});

/** As in the product a published API names all its resources as soon as one is another (carbon-apimgt 6.5.349, update of an API). */
const resourcesUnlessSame = (before: Api, api: Api): ApiChange['changedResources'] =>
  isDeepStrictEqual(described(before), described(api))
    ? []
    : api.operations.map(({ target, verb }) => ({ template: target, verb }));

const described = ({ operations }: Api): readonly object[] => operations.map(({ id: _id, ...operation }) => operation);
