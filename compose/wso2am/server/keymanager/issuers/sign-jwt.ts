import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { PrimaryKey } from '../../carbon/context.ts';

/** The key that signs, and how others recognise it. */
export type Signer = {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** `x5t` of headers. */
  readonly thumbprint: string;
  /** `kid` of headers and of the JWKS. */
  readonly keyId: string;
};

export type JwtHeader = Readonly<Record<string, string>>;
export type JwtClaims = Readonly<Record<string, unknown>>;

const ALGORITHM = 'RS256';

/**
 * The signer of a node. Its thumbprint is the product's: base64url of the hexadecimal SHA-1 of the certificate, not of its
 * bytes as RFC 7515 has it; `kid` names the algorithm besides (wire.md 1.4; identity-inbound-auth-oauth v6.2.25, v6.4.2).
 */
export const signerOf = ({ privateKey, certificate }: PrimaryKey): Signer => {
  const digest = createHash('sha1').update(certificate.raw).digest('hex');
  const thumbprint = Buffer.from(digest, 'ascii').toString('base64url');
  return { privateKey, publicKey: certificate.publicKey, thumbprint, keyId: `${thumbprint}_${ALGORITHM}` };
};

/** A JWT signed with RS256. */
export const signJwt = (signer: Signer, header: JwtHeader, claims: JwtClaims): string => {
  const signed = `${encode({ ...header, alg: ALGORITHM })}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), signer.privateKey).toString('base64url')}`;
};

/** Whether a token has the three parts of a JWT, whoever signed it. */
export const isJwt = (token: string): boolean => token.split('.').length === 3;

/** The `kid` in the header of a JWT; undefined where it has none, or is no JWT. */
export const keyIdOf = (token: string): string | undefined => {
  const [header = '', ...others] = token.split('.');
  const decoded = others.length === 2 ? decode(header) : undefined;
  return decoded?.typ === 'JWT' && typeof decoded.kid === 'string' ? decoded.kid : undefined;
};

/** The key that a JWT says it was signed with, whatever else its header says; undefined where it names none. */
export const signingKeyIdOf = (token: string): string | undefined => {
  const kid = isJwt(token) ? decode(token.split('.')[0] ?? '')?.kid : undefined;
  return typeof kid === 'string' ? kid : undefined;
};

/** What a JWT claims, whoever signed it: good for choosing whom to verify it with. Undefined for any other text. */
export const unverifiedClaims = (token: string): JwtClaims | undefined =>
  isJwt(token) ? decode(token.split('.')[1] ?? '') : undefined;

/** The claims of a JWT that this signer signed; undefined for any other text. Does not look at its expiry. */
export const verifiedClaims = (signer: Pick<Signer, 'publicKey'>, token: string): JwtClaims | undefined => {
  const [header, claims, signature, ...rest] = token.split('.');
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0) return undefined;
  if (decode(header)?.alg !== ALGORITHM) return undefined;
  const bytes = Buffer.from(signature, 'base64url');
  const isOurs = verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), signer.publicKey, bytes);
  return isOurs ? decode(claims) : undefined;
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const objects = z.record(z.string(), z.unknown());

const decode = (part: string): JwtClaims | undefined => {
  try {
    return objects.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
};
