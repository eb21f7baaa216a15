import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Call, json } from '../../carbon/web.ts';
import { isDuplicate } from '../../database/database-error.ts';
import type { Api } from '../../publisher/model/api.ts';
import { categoriesOf } from '../../publisher/model/categories-of.ts';
import {
  type ApiCategory,
  deleteApiCategory,
  describeApiCategory,
  insertApiCategory,
  listApiCategories,
} from '../../publisher/stores/api-categories.ts';
import { listApis } from '../../publisher/stores/apis.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';
import { latin1 } from '../policies/policy-fields.ts';

const PATH = '/api-categories';
const SCOPES = ['apim:admin_operations', 'apim:admin'];

/** The name becomes part of searches and URLs. */
const NAME = /^[^~!@#;:%^*()+={}|\\<>"',&$[\]/]+$/;

const categoryFields = z.object({
  name: latin1(255).trim().min(1).regex(NAME, 'contains special characters'),
  description: latin1(1024).nullish(),
});

/** Categories that APIs may be of, from 3.1.0: list, create, change and delete. */
export const categoryRoutes = (context: AdminContext): readonly RestRoute[] =>
  context.version === '3.0.0' ? [] : routes(context);

const routes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: SCOPES,
    handle: async () => {
      const apis = await listApis(context);
      const list = (await listApiCategories(context.apim)).map((category) => ({
        ...category,
        // Came with 3.2.0.
        ...(context.version === '3.2.0' && { numberOfAPIs: apisOf(apis, category) }),
      }));
      return json(200, { count: list.length, list });
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: SCOPES,
    handle: async (call) => {
      const { name, description } = await jsonBody(call, categoryFields);
      const category: ApiCategory = { id: randomUUID(), name, description: description ?? null };
      await insertApiCategory(context.apim, category).catch((cause: unknown) => {
        if (!isDuplicate(cause)) throw cause;
        throw new RestError('alreadyExists', `Category with name '${name}' already exists`);
      });
      return json(201, category);
    },
  },
  {
    method: 'PUT',
    path: `${PATH}/:apiCategoryId`,
    scopes: SCOPES,
    handle: async (call) => {
      const category = await requireCategory(context, call);
      const { description } = await jsonBody(call, categoryFields);
      const changed = { ...category, description: description ?? null };
      await describeApiCategory(context.apim, changed);
      return json(200, changed);
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:apiCategoryId`,
    scopes: SCOPES,
    handle: async (call) => {
      const category = await requireCategory(context, call);
      if (apisOf(await listApis(context), category) > 0) {
        throw new RestError('conflict', 'Unable to delete the category. It is attached to API(s)');
      }
      await deleteApiCategory(context.apim, category.id);
      return { status: 200 };
    },
  },
];

const apisOf = (apis: readonly Api[], { name }: ApiCategory): number =>
  apis.filter((api) => categoriesOf(api).includes(name)).length;

const requireCategory = async ({ apim }: AdminContext, { params }: Call): Promise<ApiCategory> => {
  const category = (await listApiCategories(apim)).find(({ id }) => id === params.apiCategoryId);
  if (category) return category;
  throw new RestError('notFound', `Requested API Category with Id '${params.apiCategoryId}' not found`);
};
