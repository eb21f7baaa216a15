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

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Milliseconds; as for any other question to a Key Manager. */
const TIMEOUT = 30_000;

/**
 * The public keys of Key Managers: of a certificate, of a JWKS that is read once, or the one all nodes share.
 * @returns the keys to try; rejects with KeyManagerError where they cannot be had
 */
export const signingKeys = (
  sharedKey: KeyObject,
  agent: Agent,
): ((keyManager: KeyManagerEntity) => Promise<readonly KeyObject[]>) => {
  const read = new Map<string, readonly KeyObject[]>();
  return async ({ configuration }) => {
    const certificate = z.safeParse(certificateSchema, configuration);
    if (!certificate.success) return [sharedKey];
    const { certificate_type: type, certificate_value: value } = certificate.data;
    const known = read.get(value);
    if (known) return known;
    const keys = type === 'PEM' ? [keyOfCertificate(value)] : await keysAt(value, agent);
    read.set(value, keys);
    return keys;
  };
};

const keyOfCertificate = (base64: string): KeyObject => {
  try {
    return createPublicKey(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw new KeyManagerError('the certificate of the Key Manager is none', { cause });
  }
};

const keysAt = async (url: string, agent: Agent): Promise<readonly KeyObject[]> => {
  const answer = await askKeyManager({ url, method: 'GET', headers: {}, body: '', agent, timeout: TIMEOUT });
  try {
    return z.parse(jwksSchema, answer).keys.map((key) => createPublicKey({ key, format: 'jwk' }));
  } catch (cause) {
    throw new KeyManagerError(`${url} answers no JWKS`, { cause });
  }
};
