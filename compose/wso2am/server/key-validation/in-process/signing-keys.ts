import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Agent } from 'node:https';
import * as z from 'zod/mini';
import type { KeyManagerEntity } from '../../subscription-data/entities.ts';
import { KeyManagerError } from '../key-manager-error.ts';
import { askKeyManager } from './ask-key-manager.ts';

/** How a Key Manager's signatures are recognised: a certificate (PEM in base64) or the URL of a JWKS. Names (?). */
const certificateSchema = z.object({
  certificate_type: z.enum(['PEM', 'JWKS']),
  certificate_value: z.string(),
});

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.optional(z.string()) })) });

/** `id` is undefined for a key that its JWKS does not name. */
type NamedKey = { readonly id: string | undefined; readonly key: KeyObject };

/** Milliseconds; as for any other question to a Key Manager. */
const TIMEOUT = 30_000;

/**
 * The public keys of Key Managers: of a certificate, of a JWKS, or the one all nodes share. A JWKS is read when it is needed first,
 * and again for a token whose key it did not have: Key Managers change their keys (carbon-apimgt 6.7.206, JWTValidatorImpl).
 * @returns the keys to try for a token with this key id; rejects with KeyManagerError where they cannot be had
 */
export const signingKeys = (
  sharedKey: KeyObject,
  agent: Agent,
): ((keyManager: KeyManagerEntity, keyId: string | undefined) => Promise<readonly KeyObject[]>) => {
  const certificates = new Map<string, KeyObject>();
  const sets = new Map<string, readonly NamedKey[]>();
  const underWay = new Map<string, Promise<readonly NamedKey[]>>();

  const certified = (base64: string): KeyObject => {
    const key = certificates.get(base64) ?? keyOfCertificate(base64);
    certificates.set(base64, key);
    return key;
  };
  /** Calls that miss the same key at the same time wait for one answer. */
  const read = (url: string): Promise<readonly NamedKey[]> => {
    const reading =
      underWay.get(url) ??
      keysAt(url, agent)
        .then((keys) => {
          sets.set(url, keys);
          return keys;
        })
        .finally(() => underWay.delete(url));
    underWay.set(url, reading);
    return reading;
  };
  const published = async (url: string, keyId: string | undefined): Promise<readonly KeyObject[]> => {
    const known = fitting(sets.get(url) ?? [], keyId);
    return known.length > 0 ? known : fitting(await read(url), keyId);
  };

  return async ({ configuration }, keyId) => {
    const certificate = z.safeParse(certificateSchema, configuration);
    if (!certificate.success) return [sharedKey];
    const { certificate_type: type, certificate_value: value } = certificate.data;
    return type === 'PEM' ? [certified(value)] : published(value, keyId);
  };
};

const fitting = (keys: readonly NamedKey[], keyId: string | undefined): readonly KeyObject[] =>
  keys.filter(({ id }) => keyId === undefined || id === undefined || id === keyId).map(({ key }) => key);

const keyOfCertificate = (base64: string): KeyObject => {
  try {
    return createPublicKey(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw new KeyManagerError('the certificate of the Key Manager is none', { cause });
  }
};

const keysAt = async (url: string, agent: Agent): Promise<readonly NamedKey[]> => {
  const answer = await askKeyManager({ url, method: 'GET', headers: {}, body: '', agent, timeout: TIMEOUT });
  try {
    return z.parse(jwksSchema, answer).keys.map((jwk) => ({
      id: jwk.kid,
      key: createPublicKey({ key: jwk, format: 'jwk' }),
    }));
  } catch (cause) {
    throw new KeyManagerError(`${url} answers no JWKS`, { cause });
  }
};
