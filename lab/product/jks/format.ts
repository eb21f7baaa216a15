/**
 * The JKS file as Java's "SUN" provider lays it out, all numbers big-endian:
 * magic, version, entry count, entries, SHA-1 over (store password, `whitener`, everything before).
 * WSO2 API Manager 3.x ships its key stores in it (configuration.md 8).
 */
export const JKS = {
  magic: 0xfeedfeed,
  /** Written by every JDK since 1.2; version 1 leaves the certificate type out. */
  version: 2,
  keyEntry: 1,
  trustedEntry: 2,
  certificateType: 'X.509',
  /** Mixed into the digest between password and content. */
  whitener: 'Mighty Aphrodite',
  digestBytes: 20,
} as const;

/** First bytes of the other key store types that Java programs use, to name them in errors. */
export const OTHER_STORES = {
  jceksMagic: 0xcececece,
  /** PKCS12 is DER: a SEQUENCE. */
  derSequence: 0x30,
} as const;

/** A private key with its certificates, leaf first. */
export type JksKeyEntry = {
  readonly kind: 'key';
  readonly alias: string;
  readonly date: Date;
  /** DER of an EncryptedPrivateKeyInfo; see `key-protector.ts` for both directions. */
  readonly protectedKey: Buffer;
  /** DER, leaf first. */
  readonly chain: readonly Buffer[];
};

/** A certificate that the store's owner trusts. */
export type JksTrustedEntry = {
  readonly kind: 'trusted';
  readonly alias: string;
  readonly date: Date;
  /** DER. */
  readonly certificate: Buffer;
};

export type JksEntry = JksKeyEntry | JksTrustedEntry;
