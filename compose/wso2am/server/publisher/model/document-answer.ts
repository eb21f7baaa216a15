import type { Answer } from '../../carbon/web.ts';
import type { Resource } from '../../rest-api/registry/registry.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { ApiDocumentation } from './document.ts';

/**
 * What a document holds: text, a file to save, or the way to a page elsewhere.
 * @throws RestError 404 where nothing was put there yet
 */
export const documentAnswer = (document: ApiDocumentation, content: Resource | undefined): Answer => {
  if (document.sourceType === 'URL')
    return { status: 303, headers: { Location: new URL(document.sourceUrl ?? '').href } };
  if (!content) throw new RestError('notFound', `Requested content of Document with Id '${document.id}' not found`);
  if (document.sourceType !== 'FILE') {
    return { status: 200, headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body: content.content };
  }
  const name = (document.fileName ?? 'document').replace(/[^\w. -]/g, '_');
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
    },
    body: content.content,
  };
};
