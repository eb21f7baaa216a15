import type { Version } from '../../../../../lab/product/versions.ts';
import { authorizationCodeGrant } from './authorization-code.ts';
import { clientCredentialsGrant } from './client-credentials.ts';
import type { Grant } from './grant.ts';
import { passwordGrant } from './password.ts';
import { refreshTokenGrant } from './refresh-token.ts';

/** `grant_type` values of the token endpoint (wire.md 1.3). */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ['client_credentials', clientCredentialsGrant],
  ['password', passwordGrant],
  ['refresh_token', refreshTokenGrant],
  ['authorization_code', authorizationCodeGrant],
]);

const SHIPPED: readonly string[] = [
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'iwa:ntlm',
];
const SHIPPED_SINCE_31: readonly string[] = [...SHIPPED, 'urn:ietf:params:oauth:grant-type:device_code'];

/** Grants that the product ships and the simulator does not have. */
const UNSIMULATED: Readonly<Record<Version, readonly string[]>> = {
  '3.0.0': SHIPPED,
  '3.1.0': SHIPPED_SINCE_31,
  '3.2.0': SHIPPED_SINCE_31,
};

export const isUnsimulatedGrant = (version: Version, grantType: string): boolean =>
  UNSIMULATED[version].includes(grantType);

/** Whether a client may be registered for the grant; `implicit` is one that the token endpoint does not see. */
export const isGrantType = (version: Version, grantType: string): boolean =>
  GRANTS.has(grantType) || grantType === 'implicit' || isUnsimulatedGrant(version, grantType);
