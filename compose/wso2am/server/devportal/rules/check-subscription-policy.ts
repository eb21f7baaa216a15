import type { Api } from '../../publisher/model/api.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/** Refuses to subscribe with a policy that the API does not offer. @throws RestError 403 */
export const checkSubscriptionPolicy = ({ name, version, policies }: Api, wanted: string): void => {
  if (policies.includes(wanted)) return;
  const allowed = `Only [${policies.join(', ')}] Tiers are allowed.`;
  throw new RestError('forbidden', `Tier ${wanted} is not allowed for API ${name}-${version}. ${allowed}`);
};
