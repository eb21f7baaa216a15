import type { Statements } from '../../database/database.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { Application } from '../model/application.ts';
import { type ApplicationKeys, KEY_TYPES } from '../model/keys.ts';
import { listKeys } from '../stores/keys.ts';

/**
 * Keys of an application by their type, or by their mapping's id as in 3.2.0.
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
  const keys = (await listKeys(statements, rowId)).find((each) =>
    'keyType' in wanted ? each.keyType === wanted.keyType : each.mappingId === wanted.mappingId,
  );
  if (keys) return keys;
  const name = 'keyType' in wanted ? wanted.keyType : wanted.mappingId;
  throw new RestError('notFound', `Keys '${name}' of the Application with Id '${id}' not found`);
};
