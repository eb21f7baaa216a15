import type { Version } from '../../../../../lab/product/versions.ts';
import { expiresIn } from '../../keymanager/expiry.ts';
import type { IssuedToken } from '../../keymanager/issue-token.ts';
import type { ApplicationKeys } from './keys.ts';

/**
 * Keys as the REST API of a version shows them (wire.md 7.2); of another Key Manager's client only its key is known.
 * @param token the one that was made with them
 */
export const keysBody = (version: Version, keys: ApplicationKeys, token?: IssuedToken): object => ({
  ...(version === '3.2.0' ? { keyMappingId: keys.mappingId, keyManager: keys.keyManager, mode: keys.mode } : {}),
  consumerKey: keys.consumerKey,
  consumerSecret: keys.client?.consumerSecret ?? '',
  supportedGrantTypes: keys.client?.grantTypes ?? [],
  callbackUrl: keys.client?.callbackUrl ?? '',
  keyState: keys.state,
  keyType: keys.keyType,
  groupId: '',
  token: token ? tokenBody(token) : null,
  ...(version === '3.2.0' ? { additionalProperties: {} } : {}),
});

/** `validityTime` in seconds. */
export const tokenBody = ({ accessToken, scopes, left }: IssuedToken): object => ({
  accessToken,
  tokenScopes: scopes,
  validityTime: expiresIn(left),
});
