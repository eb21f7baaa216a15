import { z } from 'zod/mini';

const payloadSchema = z.record(z.string(), z.unknown());

/**
 * Claims of the JWT that a Key Manager makes for the back end, as conditions compare them; none where it makes no such
 * token. The signature is no matter here: the Key Manager itself has sent it.
 */
export const backEndClaims = (jwt: string): Readonly<Record<string, string>> => {
  const [, payload = ''] = jwt.split('.');
  if (payload === '') return {};
  try {
    const claims = payloadSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, textOf(value)]));
  } catch {
    return {};
  }
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
