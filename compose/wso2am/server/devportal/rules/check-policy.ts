import type { Statements } from '../../database/database.ts';
import { listPolicies } from '../../publisher/stores/policies.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/** Refuses an application whose policy does not exist. @throws RestError 400 */
export const checkPolicy = async (statements: Statements, name: string): Promise<void> => {
  const policies = await listPolicies(statements, 'application');
  if (policies.some((policy) => policy.name === name)) return;
  throw new RestError('badRequest', `Specified application throttling policy '${name}' is invalid`);
};
