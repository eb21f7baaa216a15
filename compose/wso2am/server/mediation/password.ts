import { createHash } from 'node:crypto';
import type { Credentials } from '../carbon/basic-credentials.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { INTERNAL } from '../carbon/users/roles.ts';
import { EMPTY_INFO, type ValidationInfo } from '../key-validation/validation-info.ts';
import { qualifiedName } from '../keymanager/qualified-name.ts';
import type { Authentication } from './authentication.ts';
import { type CachedCall, resourceCacheKey } from './caches/gateway-caches.ts';
import { described, INVALID_CREDENTIALS, type SecurityFault } from './security-fault.ts';

export type PasswordAtResource = CachedCall &
  Credentials & {
    /** One of which the user needs; none where any user will do. */
    readonly roles: readonly string[];
    readonly activityId: string;
  };

/**
 * Judges a user's password, then the roles that the scopes of the resource are bound to (carbon-apimgt 6.5.349,
 * BasicAuthCredentialValidator). A password is kept as its hash only, a wrong one too.
 * @throws KeyManagerError
 */
export const validatePassword = async (
  authentication: Authentication,
  call: PasswordAtResource,
): Promise<ValidationInfo | SecurityFault> => {
  const user = call.username.includes('@') ? call.username : qualifiedName(call.username);
  if (!(await isGenuine(authentication, user, call))) return INVALID_CREDENTIALS;
  return (await hasRole(authentication, user, call)) ? callerOf(user) : described(900910, 'Scope validation failed');
};

const isGenuine = async (
  { caches, remoteUsers }: Authentication,
  user: string,
  { password, activityId }: PasswordAtResource,
): Promise<boolean> => {
  const hash = createHash('sha256').update(password).digest('hex');
  if (caches.usernames.get(user) === hash) return true;
  if (caches.invalidUsernames.get(user) === hash) return false;
  const genuine = await remoteUsers.authenticate(user, password, activityId);
  (genuine ? caches.usernames : caches.invalidUsernames).put(user, hash);
  return genuine;
};

const hasRole = async (
  { caches, remoteUsers }: Authentication,
  user: string,
  call: PasswordAtResource,
): Promise<boolean> => {
  const key = `${resourceCacheKey(call)}:${user}`;
  if (caches.basicAuthResources.get(key)) return true;
  const mayCall = call.roles.length === 0 || isInOne(call.roles, await remoteUsers.rolesOf(user, call.activityId));
  if (mayCall) caches.basicAuthResources.put(key, true);
  return mayCall;
};

const isInOne = (wanted: readonly string[], roles: readonly string[]): boolean => {
  const held = new Set(roles.map(comparable));
  return wanted.some((role) => held.has(comparable(role)));
};

/** The letters of hybrid roles may be large or small. */
const comparable = (role: string): string =>
  role.toLowerCase().startsWith(INTERNAL.toLowerCase()) ? role.toLowerCase() : role;

/** Without a subscription the user stands for the application that throttling counts. */
const callerOf = (user: string): ValidationInfo => ({
  ...EMPTY_INFO,
  authorized: true,
  applicationId: user,
  applicationTier: 'Unlimited',
  tier: 'Unauthenticated',
  endUserName: user,
  subscriber: user,
  subscriberTenantDomain: SUPER_TENANT_DOMAIN,
  type: 'PRODUCTION',
});
