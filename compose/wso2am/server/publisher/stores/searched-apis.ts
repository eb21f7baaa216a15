import type { SearchedApi } from '../../rest-api/content-search.ts';
import type { RestContext } from '../../rest-api/rest-context.ts';
import type { Api } from '../model/api.ts';
import type { ApiDocumentation } from '../model/document.ts';
import { apiContent, documentContent } from '../model/search-content.ts';
import { searchFields } from '../model/search-fields.ts';
import { readDocumentContent } from './documentation.ts';

/** APIs with what the search goes through. @param documentsOf those that whoever searches may read */
export const searchedApis = (
  context: Pick<RestContext, 'shared'>,
  apis: readonly Api[],
  documentsOf: (api: Api) => Promise<readonly ApiDocumentation[]>,
): Promise<readonly SearchedApi<Api, ApiDocumentation>[]> =>
  Promise.all(
    apis.map(async (api) => {
      const documents = await Promise.all(
        (await documentsOf(api)).map(async (document) => ({
          document,
          content: documentContent(document, await textOf(context, api, document)),
        })),
      );
      return { api, fields: searchFields(api), content: apiContent(api), documents };
    }),
  );

/** The product reads files of many kinds as well; here text is what was written as text. */
const textOf = async (
  { shared }: Pick<RestContext, 'shared'>,
  api: Api,
  { id, sourceType }: ApiDocumentation,
): Promise<string> => {
  if (sourceType !== 'INLINE' && sourceType !== 'MARKDOWN') return '';
  return (await readDocumentContent(shared, api, id))?.content.toString('utf8') ?? '';
};
