import { RestError } from '../../rest-api/rest-error.ts';

/** Scopes of the routes of policies; each route needs one of its list. */
export const POLICY_SCOPES = {
  view: ['apim:tier_view', 'apim:admin'],
  manage: ['apim:tier_manage', 'apim:admin'],
} as const;

/** The policy that new applications, subscriptions and resources have unless something else is said. */
const DEFAULT_POLICY = 'Unlimited';

/** Refuses to delete a policy that somebody has, or would have by default. @throws RestError 403 */
export const checkDeletable = (name: string, isInUse: boolean): void => {
  if (isInUse) throw new RestError('forbidden', `Throttle policy ${name} is in use and cannot be deleted`);
  if (name === DEFAULT_POLICY) throw new RestError('forbidden', `${name} is the default policy and cannot be deleted`);
};
