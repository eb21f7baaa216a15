import { randomUUID } from 'node:crypto';
import { type Call, json } from '../../carbon/web.ts';
import { isDuplicate } from '../../database/database-error.ts';
import type { Label } from '../../publisher/model/label.ts';
import { listApis } from '../../publisher/stores/apis.ts';
import { deleteLabel, insertLabel, listLabels, updateLabel } from '../../publisher/stores/labels.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';
import { labelFields } from './label-fields.ts';

const SCOPES = { read: ['apim:label_read', 'apim:admin'], manage: ['apim:label_manage', 'apim:admin'] } as const;

/** Labels of microgateways: list, create, change and delete. Nothing here is deployed by label. */
export const labelRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/labels',
    scopes: SCOPES.read,
    handle: async () => {
      const list = await listLabels(context.apim);
      return json(200, { count: list.length, list });
    },
  },
  {
    method: 'POST',
    path: '/labels',
    scopes: SCOPES.manage,
    handle: async (call) => {
      const label: Label = { id: randomUUID(), ...(await jsonBody(call, labelFields)) };
      await context.apim
        .transaction((statements) => insertLabel(statements, label))
        .catch((cause: unknown) => {
          if (!isDuplicate(cause)) throw cause;
          throw new RestError('alreadyExists', `Label with name '${label.name}' already exists`);
        });
      return json(201, label);
    },
  },
  {
    method: 'PUT',
    path: '/labels/:labelId',
    scopes: SCOPES.manage,
    handle: async (call) => {
      const { id, name } = await requireLabel(context, call);
      const label: Label = { ...(await jsonBody(call, labelFields)), id, name };
      await context.apim.transaction((statements) => updateLabel(statements, label));
      return json(200, label);
    },
  },
  {
    method: 'DELETE',
    path: '/labels/:labelId',
    scopes: SCOPES.manage,
    handle: async (call) => {
      const { id, name } = await requireLabel(context, call);
      if ((await listApis(context)).some(({ labels }) => labels.includes(name))) {
        throw new RestError('conflict', 'Unable to delete the label. It is attached to API(s)');
      }
      await deleteLabel(context.apim, id);
      return { status: 200 };
    },
  },
];

const requireLabel = async ({ apim }: AdminContext, { params }: Call): Promise<Label> => {
  const label = (await listLabels(apim)).find(({ id }) => id === params.labelId);
  if (label) return label;
  throw new RestError('notFound', `Requested Label with Id '${params.labelId}' not found`);
};
