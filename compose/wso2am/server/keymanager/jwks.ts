import { type Endpoint, json } from '../carbon/web.ts';
import type { KeyManagerContext } from './context.ts';

/** `GET /oauth2/jwks` (wire.md 1.7): the key that signs tokens; all nodes share it, so all answer the same. */
export const jwksEndpoint = ({ signer }: KeyManagerContext): Endpoint => {
  const { kty, e, n } = signer.publicKey.export({ format: 'jwk' });
  return {
    method: 'GET',
    path: '/oauth2/jwks',
    handle: () => json(200, { keys: [{ kty, e, use: 'sig', kid: signer.keyId, alg: 'RS256', n }] }),
  };
};
