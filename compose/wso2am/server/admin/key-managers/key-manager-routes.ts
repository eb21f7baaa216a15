import type { KeyManagerChange } from '../../carbon/events.ts';
import { type Call, json } from '../../carbon/web.ts';
import { RESIDENT_KEY_MANAGER } from '../../devportal/model/keys.ts';
import { type KeyManagerRow, listKeyManagers } from '../../devportal/stores/key-managers.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';
import { discoverKeyManagerRoute } from './discover-key-manager.ts';
import { keyManagerBody, keyManagerInfo, keyManagerOut } from './key-manager-body.ts';
import { deleteKeyManager, insertKeyManager, updateKeyManager } from './key-manager-store.ts';

const PATH = '/key-managers';

const SCOPES = ['apim:admin', 'apim:admin_operations'];

/**
 * Key Managers besides the one that is part of the product, and what is known of that: list, create, get, change and delete, which came
 * with 3.2.0. Gateways are told of each change (wire.md 5.9).
 */
export const keyManagerRoutes = (context: AdminContext): readonly RestRoute[] => {
  if (context.version !== '3.2.0') return [];
  const { apim, events } = context;
  const tell = ({ name, type, enabled, configuration }: KeyManagerRow, change: KeyManagerChange['change']) =>
    events.keyManagerChanged.fire({ change, name, type: type ?? '', enabled, configuration });
  const required = async ({ params: { keyManagerId } }: Call): Promise<KeyManagerRow> => {
    const found = (await listKeyManagers(apim)).find(({ id }) => id === keyManagerId);
    if (found) return found;
    throw new RestError('notFound', `Requested KeyManager with Id '${keyManagerId}' not found`);
  };
  return [
    {
      method: 'GET',
      path: PATH,
      scopes: SCOPES,
      handle: async () => {
        const list = (await listKeyManagers(apim)).map(keyManagerInfo);
        return json(200, { count: list.length, list });
      },
    },
    {
      method: 'POST',
      path: PATH,
      scopes: SCOPES,
      handle: async (call) => {
        const row = await insertKeyManager(apim, await jsonBody(call, keyManagerBody));
        await tell(row, 'created');
        return json(201, keyManagerOut(row), { Location: `${PATH}/${row.id}` });
      },
    },
    discoverKeyManagerRoute(context, SCOPES),
    {
      method: 'GET',
      path: `${PATH}/:keyManagerId`,
      scopes: SCOPES,
      handle: async (call) => json(200, keyManagerOut(await required(call))),
    },
    {
      method: 'PUT',
      path: `${PATH}/:keyManagerId`,
      scopes: SCOPES,
      handle: async (call) => {
        const before = await required(call);
        const body = await jsonBody(call, keyManagerBody);
        // Keys of applications, and gateways, know it by its name.
        if (body.name !== before.name) throw new RestError('badRequest', "Key Manager name couldn't able to change");
        const row = await updateKeyManager(apim, before, body);
        await tell(row, 'updated');
        return json(200, keyManagerOut(row));
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/:keyManagerId`,
      scopes: SCOPES,
      handle: async (call) => {
        const row = await required(call);
        if (row.name === RESIDENT_KEY_MANAGER) throw new RestError('internal', `${row.name} couldn't delete`);
        await deleteKeyManager(apim, row);
        await tell(row, 'deleted');
        return { status: 200 };
      },
    },
  ];
};
