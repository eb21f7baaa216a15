import { randomUUID } from 'node:crypto';
import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import type { Api } from '../model/api.ts';
import { type ApiDocumentation, documentBody, documentFields } from '../model/document.ts';
import { requireApi } from '../rules/require-api.ts';
import { requireDocument } from '../rules/require-document.ts';
import { deleteDocumentation, listDocumentation, writeDocumentation } from '../stores/documentation.ts';

const PATH = '/apis/:apiId/documents';
const CREATE: readonly string[] = ['apim:document_create', 'apim:api_create'];
const MANAGE: readonly string[] = ['apim:document_manage', 'apim:api_create'];

/** Documents of an API without what they hold. */
export const documentRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const bodies = (await listDocumentation(context.shared, api)).map(documentBody);
      return json(200, paged(bodies, pageOf(call.query), `/apis/${api.id}/documents`));
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: CREATE,
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const fields = await jsonBody(call, documentFields);
      const now = new Date(context.clock()).toISOString();
      const created = { createdBy: user.name, createdTime: now, lastUpdatedBy: user.name, lastUpdatedTime: now };
      const document = { ...fields, ...created, id: randomUUID(), fileName: null };
      await store(context, api, document);
      const location = locationOf(context, `/apis/${api.id}/documents/${document.id}`);
      return json(201, documentBody(document), { Location: location });
    },
  },
  {
    method: 'POST',
    path: `${PATH}/validate`,
    scopes: CREATE,
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const name = call.query.get('name') ?? '';
      const isThere = (await listDocumentation(context.shared, api)).some((each) => each.name === name);
      return { status: isThere ? 200 : 404 };
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:documentId`,
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      return json(200, documentBody(await requireDocument(context.shared, api, call.params.documentId ?? '')));
    },
  },
  {
    method: 'PUT',
    path: `${PATH}/:documentId`,
    scopes: MANAGE,
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const before = await requireDocument(context.shared, api, call.params.documentId ?? '');
      const fields = await jsonBody(call, documentFields);
      const lastUpdatedTime = new Date(context.clock()).toISOString();
      const document = { ...before, ...fields, lastUpdatedBy: user.name, lastUpdatedTime };
      await store(context, api, document);
      return json(200, documentBody(document));
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:documentId`,
    scopes: MANAGE,
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const { id } = await requireDocument(context.shared, api, call.params.documentId ?? '');
      await context.shared.transaction((statements) => deleteDocumentation(statements, api, id, user.name));
      return { status: 200 };
    },
  },
];

/** @throws RestError 409 where another document of the API has the name */
const store = (context: PublisherContext, api: Api, document: ApiDocumentation): Promise<void> =>
  context.shared.transaction(async (statements) => {
    const others = (await listDocumentation(statements, api)).filter(({ id }) => id !== document.id);
    if (others.some(({ name }) => name === document.name)) {
      const reason = `Requested document '${document.name}' already exists`;
      throw new RestError('alreadyExists', reason);
    }
    await writeDocumentation(statements, api, document);
  });
