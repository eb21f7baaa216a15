import * as z from 'zod/mini';
import { isInScope } from '../key-validation/in-process/resource-in-memory.ts';
import { subscriptionInfo } from '../key-validation/in-process/subscription-info.ts';
import { VALIDATION_STATUS, type ValidationInfo } from '../key-validation/validation-info.ts';
import type { KeyManagerEntity } from '../subscription-data/entities.ts';
import type { Authentication, InMemoryValidation } from './authentication.ts';
import type { CachedCall } from './caches/gateway-caches.ts';
import { judgeJwt } from './judge-jwt.ts';
import { described, type SecurityFault } from './security-fault.ts';

/** What counts of a token's claims (wire.md 1.4). */
const claimsSchema = z.pipe(
  z.looseObject({ sub: z._default(z.string(), ''), exp: z.number() }),
  z.transform((claims) => ({ sub: claims.sub, exp: claims.exp, all: claims })),
);

type Claims = Readonly<Record<string, unknown>>;

/** Claims with the client's name: the identity server's, and what API Manager's own issuer calls it. */
const CONSUMER_KEY_CLAIMS = ['consumerKey', 'azp'];

const SCOPES_CLAIM = 'scope';

/** Of a token's client, in the claim that its Key Manager says, else in those of the product's own ones. */
const consumerKeyIn = (claims: Claims, settings: KeyManagerEntity['configuration']): string => {
  const said = settings.consumer_key_claim;
  const names = typeof said === 'string' && said !== '' ? [said] : CONSUMER_KEY_CLAIMS;
  return names.map((name) => claims[name]).find((value) => typeof value === 'string') ?? '';
};

/** Scopes of a token, as one text or as a list. */
const scopesIn = (claims: Claims, settings: KeyManagerEntity['configuration']): readonly string[] => {
  const said = settings.scopes_claim;
  const value = claims[typeof said === 'string' && said !== '' ? said : SCOPES_CLAIM];
  if (Array.isArray(value)) return value.filter((scope) => typeof scope === 'string');
  return typeof value === 'string' ? value.split(' ').filter((scope) => scope !== '') : [];
};

/**
 * Judges a JWT in 3.2.0: the token by the key of its Key Manager, then the subscription and the scopes from memory, in every call
 * anew (wire.md 2.3). Texts are (?).
 * @throws KeyManagerError
 */
export const validateJwtInMemory = async (
  authentication: Authentication,
  { data, verify }: InMemoryValidation,
  call: CachedCall & { readonly token: string },
): Promise<ValidationInfo | SecurityFault> => {
  const verified = await verify(call.token);
  if (verified.kind === 'no-key-manager')
    return described(VALIDATION_STATUS.keyManagerNotAvailable, 'No Key Manager is available for the token');
  const claims = judgeJwt(authentication, call.token, () =>
    verified.kind === 'verified' ? z.safeParse(claimsSchema, verified.claims).data : undefined,
  );
  if ('code' in claims) return claims;

  const { name: keyManager, configuration: settings } =
    verified.kind === 'verified' ? verified.keyManager : { name: '', configuration: {} };
  const consumerKey = consumerKeyIn(claims.all, settings);
  const info = await subscriptionInfo(data, { ...call, consumerKey, keyManager });
  if (!info.authorized)
    return described(
      info.validationStatus,
      'User is NOT authorized to access the Resource. API Subscription validation failed.',
    );
  const scopes = scopesIn(claims.all, settings);
  if (!isInScope(await data.api(call.context, call.version), call, scopes))
    return described(
      VALIDATION_STATUS.scopeMissing,
      'User is NOT authorized to access the Resource. Scope validation failed.',
    );
  const now = authentication.clock();
  return { ...info, endUserName: claims.sub, issuedTime: now, scopes, validityPeriod: claims.exp * 1000 - now };
};
