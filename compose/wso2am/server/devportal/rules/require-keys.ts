import type { Statements } from '../../database/database.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { Application } from '../model/application.ts';
import { type ApplicationKeys, isResident, KEY_TYPES, type ResidentKeys } from '../model/keys.ts';
import { listKeys } from '../stores/keys.ts';

/**
 * Keys of an application by their type, or by their mapping's id as in 3.2.0. Of a type, those of the resident Key Manager come
 * first.
 * @throws RestError 400 for what is no key type, 404 where there are no such keys
 */
export const requireKeys = async (
  statements: Statements,
  { rowId, id }: Application,
  wanted: { readonly keyType: string } | { readonly mappingId: string },
): Promise<ApplicationKeys> => {
  if ('keyType' in wanted && !KEY_TYPES.some((type) => type === wanted.keyType)) {
    throw new RestError('badRequest', `keyType should be one of [${KEY_TYPES.join(', ')}]`);
  }
  const found = (await listKeys(statements, rowId)).filter((each) =>
    'keyType' in wanted ? each.keyType === wanted.keyType : each.mappingId === wanted.mappingId,
  );
  const keys = found.find(({ keyManager }) => isResident(keyManager)) ?? found[0];
  if (keys) return keys;
  const name = 'keyType' in wanted ? wanted.keyType : wanted.mappingId;
  throw new RestError('notFound', `Keys '${name}' of the Application with Id '${id}' not found`);
};

/**
 * The same, whose client can be changed and asked for tokens.
 * @throws RestError also 501 for keys of another Key Manager, which is not called
 */
export const requireResidentKeys = async (...wanted: Parameters<typeof requireKeys>): Promise<ResidentKeys> => {
  const { client, ...keys } = await requireKeys(...wanted);
  if (client) return { ...keys, client };
  throw new RestError('notSimulated', `Clients of Key Manager '${keys.keyManager}' are neither changed nor used`);
};
