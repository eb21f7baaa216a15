import type { Searchable } from '../../rest-api/query.ts';
import { type Api, fullContext } from './api.ts';
import { categoriesOf } from './categories-of.ts';

/** What a `query` may ask of an API. */
export const searchFields = (api: Api): Searchable => ({
  name: [api.name],
  version: [api.version],
  context: [api.context, fullContext(api)],
  provider: [api.provider],
  status: [api.status],
  tags: api.tags,
  tag: api.tags,
  description: [api.description ?? ''],
  type: [api.type],
  label: api.labels,
  'api-category': categoriesOf(api),
  subcontext: api.operations.map(({ target }) => target),
});
