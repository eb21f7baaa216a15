import { createHash } from 'node:crypto';
import type { KeyManagerContext } from '../context.ts';
import { wholeSeconds } from '../expiry.ts';
import { qualifiedName } from '../qualified-name.ts';
import type { Login } from '../stores/authorization-codes.ts';
import type { OAuthClient } from '../stores/clients.ts';
import { signJwt } from './sign-jwt.ts';

export type IdTokenFacts = {
  readonly client: OAuthClient;
  /** Without tenant. */
  readonly user: string;
  /** The access token it accompanies. */
  readonly accessToken: string;
  /** How the user logged in: the grant type, as the product has it in `amr`. */
  readonly method: string;
  readonly login: Login;
};

/** An OpenID Connect id_token (identity-inbound-auth-oauth v6.2.25, DefaultIDTokenBuilder). */
export const idToken = ({ signer, settings, clock }: KeyManagerContext, facts: IdTokenFacts): string => {
  const now = wholeSeconds(clock());
  const { client, login } = facts;
  return signJwt(
    signer,
    { x5t: signer.thumbprint, kid: signer.keyId },
    {
      at_hash: leftHalfHash(facts.accessToken),
      sub: qualifiedName(facts.user),
      amr: [facts.method],
      iss: settings.issuer,
      aud: [client.consumerKey],
      azp: client.consumerKey,
      ...(login.nonce === undefined ? {} : { nonce: login.nonce }),
      ...(login.authTime === undefined ? {} : { auth_time: wholeSeconds(login.authTime) }),
      nbf: now,
      iat: now,
      exp: now + client.idTokenValidity,
    },
  );
};

/** `at_hash` (OpenID Connect Core 3.1.3.6). */
const leftHalfHash = (token: string): string =>
  createHash('sha256').update(token, 'ascii').digest().subarray(0, 16).toString('base64url');
