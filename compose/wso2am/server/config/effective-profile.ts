import { ROLE_FACTS, ROLES, type Role } from '../../../../lab/product/roles.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Variables } from './resolve-variables.ts';

export type ActiveProfile = { readonly profile: string; readonly role: Role };

/** The OSGi profile of a node started without any; it holds everything. */
const DEFAULT_PROFILE = 'default';

/**
 * The profile a node runs (configuration.md 2.1, 2.2). `-Dprofile` wins; without it the role's own profile counts from
 * the second start on, because the first one only writes it to `carbon.properties`; else everything runs.
 * A profile that does not exist leaves the product hanging in its OSGi runtime: `api-store` of 3.0.0 in a second start
 * without `-Dprofile` is such a one. Here it is an error, worded like the launcher's for its worker profile.
 */
export const effectiveProfile = (
  configuration: Configuration,
  start: { readonly systemProperties: Variables; readonly previousStart: boolean },
): ActiveProfile => {
  const own = start.previousStart ? configuration.optionalText('system.parameter.profile') : undefined;
  const profile = start.systemProperties.profile ?? own ?? DEFAULT_PROFILE;
  const role = ROLES.find((each) => (ROLE_FACTS[each].profile ?? DEFAULT_PROFILE) === profile);
  if (role === undefined) throw new ConfigurationError(`OSGi runtime ${profile} profile not found`);
  return { profile, role };
};
