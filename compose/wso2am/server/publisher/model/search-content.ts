import type { Api } from './api.ts';
import type { ApiDocumentation } from './document.ts';

/** What of an API the search for content goes through. */
export const apiContent = (api: Api): readonly string[] => [
  api.name,
  api.version,
  api.context,
  api.provider,
  api.description ?? '',
  ...api.tags,
  ...api.operations.map(({ target }) => target),
];

/** What of a document the search for content goes through. @param text what it holds, where that is text */
export const documentContent = ({ name, summary }: ApiDocumentation, text: string): readonly string[] => [
  name,
  summary ?? '',
  text,
];
