import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { fetchDefinition } from './fetch-definition.ts';

/**
 * The text of the definition in a form: `apiDefinition` as text, `file`, or what is behind `url`.
 * @throws RestError 400 where there is none, or the URL does not lead to one
 */
export const definitionIn = async ({ agent }: Pick<PublisherContext, 'agent'>, form: FormData): Promise<string> => {
  for (const name of ['apiDefinition', 'file']) {
    const field = form.get(name);
    if (field !== null) return typeof field === 'string' ? field : field.text();
  }
  const url = form.get('url');
  if (typeof url === 'string' && url !== '') return fetchDefinition(url, agent);
  throw new RestError('badRequest', 'Either a file or a url should be specified');
};
