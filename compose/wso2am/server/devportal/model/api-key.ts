import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { KEY_TYPES, type KeyType } from './keys.ts';

/** What a client says about the API key it wants; a validity that is not positive is for ever. */
export const apiKeyGeneration = (version: Version) =>
  z.object({
    /** Seconds. */
    validityPeriod: z.int().max(2_147_483_647).nullish(),
    // The restrictions came with 3.2.0.
    ...(version === '3.2.0'
      ? { additionalProperties: z.object({ permittedIP: list, permittedReferer: list }).nullish() }
      : {}),
  });

const list = z
  .string()
  .max(4_096)
  .nullish()
  .transform((text) => text ?? undefined);

/** The body of `revoke`. */
export const apiKeyRevocation = z.object({ apikey: z.string().max(65_536) });

/** The type of keys in a path, in capitals or not; undefined for any other word. */
export const keyTypeOf = (word: string): KeyType | undefined => KEY_TYPES.find((type) => type === word.toUpperCase());
