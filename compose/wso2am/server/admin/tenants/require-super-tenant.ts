import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/** The simulator has the super tenant only; a parameter that is left out means it. @throws RestError 400 */
export const requireSuperTenant = (domain: string | null): void => {
  if (domain === null || domain === '' || domain === SUPER_TENANT_DOMAIN) return;
  throw new RestError('badRequest', `Provided tenant domain '${domain}' is invalid`);
};
