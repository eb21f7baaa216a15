import { randomUUID } from 'node:crypto';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import { isJwt } from '../keymanager/issuers/sign-jwt.ts';
import type { Authentication } from '../mediation/authentication.ts';
import { validateJwtInMemory } from '../mediation/jwt-in-memory.ts';
import { validateJwt } from '../mediation/jwt-token.ts';
import { throughCaches } from '../mediation/opaque-token.ts';
import type { Handshake } from './handshake.ts';

/**
 * Who opens a connection; undefined for whoever may not. A token is all that is looked at: other schemes do not reach WebSocket
 * APIs, and there are no scopes (wire.md 2.1, `validateKeyforHandshake`).
 * @throws KeyManagerError
 */
export const authenticateHandshake = async (
  authentication: Authentication,
  { context, version, token }: Handshake,
): Promise<ValidationInfo | undefined> => {
  if (token === undefined) return undefined;
  if (isJwt(token)) return byJwt(authentication, { token, context, version });
  const question = { context, version, accessToken: token };
  const info = await throughCaches(authentication, token, `${token}:${context}`, () =>
    authentication.keyValidator.validateHandshake(question, randomUUID()),
  );
  return info.authorized ? info : undefined;
};

const byJwt = async (
  authentication: Authentication,
  call: { readonly token: string; readonly context: string; readonly version: string },
): Promise<ValidationInfo | undefined> => {
  const { inMemory } = authentication;
  // A connection has no resource.
  const whole = { ...call, template: '', verb: '' };
  const found = inMemory
    ? await validateJwtInMemory(authentication, inMemory, whole)
    : validateJwt(authentication, { ...whole, scopes: [] });
  return 'code' in found ? undefined : found;
};
