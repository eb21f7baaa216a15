import { json } from '../../carbon/web.ts';
import { multipartBody } from '../../rest-api/json-body.ts';
import type { Resource } from '../../rest-api/registry/registry.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { type ApiDocumentation, documentBody } from '../model/document.ts';
import { documentAnswer } from '../model/document-answer.ts';
import { requireApi } from '../rules/require-api.ts';
import { requireDocument } from '../rules/require-document.ts';
import { readDocumentContent, writeDocumentation, writeDocumentContent } from '../stores/documentation.ts';

const PATH = '/apis/:apiId/documents/:documentId/content';

/** What documents hold. */
export const documentContentRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const document = await requireDocument(context.shared, api, call.params.documentId ?? '');
      return documentAnswer(document, await readDocumentContent(context.shared, api, document.id));
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: ['apim:document_create', 'apim:api_create'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const before = await requireDocument(context.shared, api, call.params.documentId ?? '');
      const { fileName, ...content } = await contentIn(before, await multipartBody(call));
      const lastUpdatedTime = new Date(context.clock()).toISOString();
      const document = { ...before, fileName, lastUpdatedBy: user.name, lastUpdatedTime };
      await context.shared.transaction(async (statements) => {
        await writeDocumentContent(statements, api, document, content);
        await writeDocumentation(statements, api, document);
      });
      const location = locationOf(context, `/apis/${api.id}/documents/${document.id}/content`);
      return json(201, documentBody(document), { Location: location });
    },
  },
];

type Content = Pick<Resource, 'content' | 'mediaType'> & { readonly fileName: string | null };

/** The field `file` or `inlineContent`, as the document's source has it. @throws RestError 400 */
const contentIn = async ({ id, sourceType }: ApiDocumentation, form: FormData): Promise<Content> => {
  const file = form.get('file');
  const inline = form.get('inlineContent');
  if (file !== null && inline !== null) {
    throw new RestError('badRequest', `Only one of 'file' and 'inlineContent' should be specified`);
  }
  if (file === null && inline === null) {
    throw new RestError('badRequest', `Either 'file' or 'inlineContent' should be specified`);
  }
  if (file instanceof File && sourceType === 'FILE') {
    const content = Buffer.from(await file.arrayBuffer());
    return { content, mediaType: 'application/octet-stream', fileName: file.name };
  }
  if (typeof inline === 'string' && (sourceType === 'INLINE' || sourceType === 'MARKDOWN')) {
    return { content: Buffer.from(inline), mediaType: 'text/plain', fileName: null };
  }
  const wanted = sourceType === 'FILE' ? 'a file' : 'text';
  throw new RestError('badRequest', `Source type of document ${id} is ${sourceType}, its content is not ${wanted}`);
};
