import type { Version } from '../../../../../lab/product/versions.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { type Api, fullContext } from '../model/api.ts';

/** Width of IDN_OAUTH2_RESOURCE_SCOPE.RESOURCE_PATH, which names a resource with scopes until 3.1.0. */
const LONGEST_PATH = 255;

/** Refuses operations that come twice, or whose row would not fit. @throws RestError 400 */
export const checkOperations = (version: Version, api: Pick<Api, 'context' | 'version' | 'operations'>): void => {
  const seen = new Set<string>();
  for (const { verb, target, scopes } of api.operations) {
    const name = `${verb} ${target}`;
    if (seen.has(name)) throw new RestError('badRequest', `The operation ${name} is there twice`);
    seen.add(name);
    const path = `${fullContext(api)}/${api.version}${target}:${verb}`;
    if (version !== '3.2.0' && scopes.length > 0 && path.length > LONGEST_PATH) {
      throw new RestError('badRequest', `The operation ${name} is too long for scopes`);
    }
  }
};
