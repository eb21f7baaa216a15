import { createHash } from 'node:crypto';
import { OAuthError } from './oauth-error.ts';
import type { OAuthClient } from './stores/clients.ts';

/** What an authorisation request committed itself to (RFC 7636). */
export type PkceChallenge = { readonly challenge: string | undefined; readonly challengeMethod: string | undefined };

const METHODS: readonly string[] = ['plain', 'S256'];

/** A code verifier; a `plain` challenge is one too (RFC 7636 4.1). */
const VERIFIER = /^[\w.~-]{43,128}$/;
/** 43 characters of base64url hold the 256 bits of SHA-256. */
const S256_CHALLENGE = /^[\w-]{43}$/;

/**
 * What is wrong with the challenge of an authorisation request, in the product's words (identity-inbound-auth-oauth v6.2.25,
 * OAuth2AuthzEndpoint); undefined when it is fine or rightly absent.
 */
export const challengeFault = (
  client: OAuthClient,
  { challenge, challengeMethod }: PkceChallenge,
): string | undefined => {
  if (challenge === undefined) {
    return client.requiresPkce
      ? 'PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 specification.'
      : undefined;
  }
  const method = challengeMethod ?? 'plain';
  if (!METHODS.includes(method)) return 'Unsupported PKCE Challenge Method';
  if (method === 'plain' && !client.allowsPlainPkce) {
    return 'This application does not support "plain" transformation algorithm.';
  }
  const isWellFormed = (method === 'plain' ? VERIFIER : S256_CHALLENGE).test(challenge);
  return isWellFormed ? undefined : 'Code challenge used is not up to RFC 7636 specifications.';
};

/** Whether whoever presents a code is who asked for it. @throws OAuthError */
export const verifyPkce = ({ challenge, challengeMethod }: PkceChallenge, verifier: string | undefined): void => {
  if (challenge === undefined) return;
  if (verifier === undefined) throw new OAuthError('pkceMissing');
  if (!VERIFIER.test(verifier)) throw new OAuthError('pkceMalformed');
  const derived =
    challengeMethod === 'S256' ? createHash('sha256').update(verifier, 'ascii').digest('base64url') : verifier;
  if (derived !== challenge) throw new OAuthError('pkceFailed');
};
