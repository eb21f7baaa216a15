import { z } from 'zod';
import { isJwt, verifiedClaims } from '../../keymanager/issuers/sign-jwt.ts';
import { insertRevokedJwt } from '../../keymanager/stores/revoked-jwts.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import type { Application } from '../model/application.ts';

const claimsSchema = z.object({
  sub: z.string(),
  /** Seconds. */
  exp: z.number().optional(),
  application: z.object({ uuid: z.string() }),
});

/** When a key without expiry may be forgotten: the latest time a number says exactly (Java's greatest long in the product). */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Takes an API key of an application out of use: remembers its signature for gateways that start later, and tells the others
 * (wire.md 4.3).
 * @throws RestError 400 for another application's key or no key; 500 for one that was not signed here
 */
export const revokeApiKey = async (
  { apim, keyManager: { signer, events }, version }: DevportalContext,
  application: Application,
  key: string,
): Promise<void> => {
  if (!isJwt(key)) throw new RestError('badRequest', "Provided API Key isn't valid ");
  const verified = verifiedClaims(signer, key);
  // The product's status, though it is the client's fault.
  if (!verified) throw new RestError('internal', 'Validation failed for the given token');
  const claims = claimsSchema.safeParse(verified);
  if (claims.data?.application.uuid !== application.id) {
    throw new RestError('badRequest', 'Validation failed for the given token ');
  }
  const { exp, sub } = claims.data;
  const expiryTime = exp === undefined ? NEVER : exp * 1000;
  // In 3.2.0 the Traffic Manager keeps that list (wire.md 4.3).
  if (version !== '3.2.0') await insertRevokedJwt(apim, key, expiryTime, { tokenType: 'API_KEY' });
  await events.tokenRevoked.fire({ token: key, tokenType: 'API_KEY', expiryTime, consumerKey: '', user: sub });
};
