import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import type { Api } from '../model/api.ts';
import { categoriesOf } from '../model/categories-of.ts';
import { listApiCategories } from '../stores/api-categories.ts';
import { listLabels } from '../stores/labels.ts';

/** Refuses an API of a category or with a label that no administrator made. @throws RestError 400 */
export const checkCatalogue = async (
  { apim }: Pick<PublisherContext, 'apim'>,
  api: Pick<Api, 'categories' | 'labels'>,
): Promise<void> => {
  const categories = categoriesOf(api);
  if (categories.length > 0) {
    const known = (await listApiCategories(apim)).map(({ name }) => name);
    if (!categories.every((name) => known.includes(name))) {
      throw new RestError('badRequest', 'Invalid API Category name(s) defined');
    }
  }
  if (api.labels.length > 0) {
    const known = (await listLabels(apim)).map(({ name }) => name);
    if (!api.labels.every((name) => known.includes(name)))
      throw new RestError('badRequest', 'Invalid label(s) defined');
  }
};
