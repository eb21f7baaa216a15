import { parseQuery, type Searchable, satisfies } from './query.ts';

/** What `GET /search` goes through: an API with its documents. */
export type SearchedApi<Api, Document> = {
  readonly api: Api;
  readonly fields: Searchable;
  /** Whatever text of the API counts as content. */
  readonly content: readonly string[];
  readonly documents: readonly { readonly document: Document; readonly content: readonly string[] }[];
};

export type Found<Api, Document> = { readonly api: Api; readonly document?: Document };

const CONTENT = 'content:';

/**
 * The unified search: `status:published` asks a field of APIs as the lists do; words without a field, or after `content:`, are
 * looked for in all that APIs and their documents say.
 */
export const searchContent = <Api, Document>(
  query: string,
  all: readonly SearchedApi<Api, Document>[],
): readonly Found<Api, Document>[] => {
  const isOfContent = query.startsWith(CONTENT) || !query.includes(':');
  if (!isOfContent) {
    const conditions = parseQuery(query);
    return all.filter(({ fields }) => satisfies(fields, conditions)).map(({ api }) => ({ api }));
  }
  const words = query.startsWith(CONTENT) ? query.slice(CONTENT.length) : query;
  const conditions = parseQuery(words).map((condition) => ({ ...condition, field: 'content' }));
  const says = (content: readonly string[]): boolean => satisfies({ content }, conditions);
  return [
    ...all.filter(({ content }) => says(content)).map(({ api }) => ({ api })),
    ...all.flatMap(({ api, documents }) =>
      documents.filter(({ content }) => says(content)).map(({ document }) => ({ api, document })),
    ),
  ];
};
