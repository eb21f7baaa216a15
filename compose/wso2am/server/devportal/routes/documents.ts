import type { User } from '../../carbon/user-store.ts';
import { json } from '../../carbon/web.ts';
import type { Api } from '../../publisher/model/api.ts';
import type { ApiDocumentation } from '../../publisher/model/document.ts';
import { documentAnswer } from '../../publisher/model/document-answer.ts';
import { readDocumentContent } from '../../publisher/stores/documentation.ts';
import { readThumbnail } from '../../publisher/stores/thumbnail.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { readableDocuments } from '../rules/readable-documents.ts';
import { requireVisibleApi } from '../rules/visible-apis.ts';
import { open } from './open.ts';

const PATH = '/apis/:apiId/documents';

/** Documents and picture of an API, as far as whoever asks may see them. */
export const documentRoutes = (context: DevportalContext): readonly RestRoute[] => [
  open(PATH, async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    const bodies = (await readableDocuments(context, api, user)).map(documentBody);
    return json(200, paged(bodies, pageOf(call.query), `/apis/${api.id}/documents`));
  }),
  open(`${PATH}/:documentId`, async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    return json(200, documentBody(await requireReadable(context, api, call.params.documentId ?? '', user)));
  }),
  open(`${PATH}/:documentId/content`, async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    const document = await requireReadable(context, api, call.params.documentId ?? '', user);
    return documentAnswer(document, await readDocumentContent(context.shared, api, document.id));
  }),
  open('/apis/:apiId/thumbnail', async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    const icon = await readThumbnail(context.shared, api);
    return icon ? { status: 200, headers: { 'Content-Type': icon.mediaType }, body: icon.content } : { status: 204 };
  }),
];

const requireReadable = async (
  context: DevportalContext,
  api: Api,
  id: string,
  user: User | undefined,
): Promise<ApiDocumentation> => {
  const document = (await readableDocuments(context, api, user)).find((each) => each.id === id);
  if (!document) throw new RestError('notFound', `Requested Document with Id '${id}' not found`);
  return document;
};

const documentBody = (document: ApiDocumentation): object => ({
  documentId: document.id,
  name: document.name,
  type: document.type,
  summary: document.summary ?? null,
  sourceType: document.sourceType,
  sourceUrl: document.sourceUrl ?? null,
  otherTypeName: document.otherTypeName ?? null,
});
