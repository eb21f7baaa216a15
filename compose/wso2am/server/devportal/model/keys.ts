import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { isGrantType } from '../../keymanager/grants/grants.ts';
import type { OAuthClient } from '../../keymanager/stores/clients.ts';

export const KEY_TYPES = ['PRODUCTION', 'SANDBOX'] as const;

export type KeyType = (typeof KEY_TYPES)[number];

/** Keys of an application: a row of AM_APPLICATION_KEY_MAPPING with the client it points to. */
export type ApplicationKeys = {
  /** `UUID` of the row; what 3.2.0 calls the keys by. */
  readonly mappingId: string;
  readonly keyType: KeyType;
  readonly state: string;
  /** `MAPPED` where the client was there before the application had it. */
  readonly mode: 'CREATED' | 'MAPPED';
  /** Name of the Key Manager that has the client. */
  readonly keyManager: string;
  readonly consumerKey: string;
  /** Absent where it is not the resident Key Manager's. */
  readonly client: OAuthClient | undefined;
};

/** Keys whose client is the resident Key Manager's. */
export type ResidentKeys = ApplicationKeys & { readonly client: OAuthClient };

/** The product's own Key Manager, by the name that 3.2.0 gives to it; earlier versions have no other, and name none. */
export const RESIDENT_KEY_MANAGER = 'Resident Key Manager';

/** `KEY_MANAGER` of the resident one's rows. */
export const residentName = (version: Version): string => (version === '3.2.0' ? RESIDENT_KEY_MANAGER : '');

export const isResident = (keyManager: string): boolean => keyManager === '' || keyManager === RESIDENT_KEY_MANAGER;

/** Seconds a token is asked to live, as a number or as text; a negative number is for ever. Longer ones overflow. */
const validity = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,10}$/)
      .transform(Number),
  ])
  .refine((seconds) => seconds !== 0 && seconds <= 9_999_999_999, 'should be a number of seconds');

const scopes = z
  .array(
    z
      .string()
      .max(255)
      .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/),
  )
  .max(100);

const grantTypes = (version: Version) =>
  z.array(z.string().refine((grant) => isGrantType(version, grant), 'is no grant type')).max(20);

/** Goes into a `Location` as it is. */
const callbackUrl = z
  .string()
  .max(512)
  .regex(/^[\x21-\x7e]*$/)
  .nullish();

/** The body of `generate-keys` (wire.md 7.2, step 6). */
export const keyGeneration = (version: Version) =>
  z.object({
    keyType: z.enum(KEY_TYPES),
    grantTypesToBeSupported: grantTypes(version),
    callbackUrl,
    validityTime: validity.nullish(),
    scopes: scopes.nullish(),
    ...(version === '3.2.0' ? { keyManager: z.literal(['', RESIDENT_KEY_MANAGER]).nullish() } : {}),
  });

/** The body of `map-keys`: the client is there already. */
export const keyMapping = (version: Version) =>
  z.object({
    keyType: z.enum(KEY_TYPES),
    consumerKey: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[\x21-\x7e]+$/),
    consumerSecret: z.string().max(512).nullish(),
    ...(version === '3.2.0' ? { keyManager: z.string().max(255).nullish() } : {}),
  });

/** What may change of keys. */
export const keyUpdate = (version: Version) => z.object({ supportedGrantTypes: grantTypes(version), callbackUrl });

/** Grants that begin in a browser need a place to come back to (wire.md 1.1). */
const NEED_CALLBACK: readonly string[] = ['authorization_code', 'implicit'];

/** The grants that a client gets of those asked for, each once. */
export const usableGrants = (asked: readonly string[], callback: string): readonly string[] =>
  [...new Set(asked)].filter((grant) => callback !== '' || !NEED_CALLBACK.includes(grant));

/** The body of `generate-token`. */
export const tokenGeneration = z.object({
  consumerSecret: z.string().max(512).nullish(),
  validityPeriod: validity.nullish(),
  scopes: scopes.nullish(),
  revokeToken: z.string().max(16_384).nullish(),
});
