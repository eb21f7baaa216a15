import { JKS, type JksEntry } from './format.ts';
import { JksError } from './jks-error.ts';
import { encodeModifiedUtf8 } from './modified-utf8.ts';
import { integrityDigest } from './password-digest.ts';

/**
 * The bytes of a JKS file. The same entries and password give the same bytes.
 *
 * Aliases become lower case: Java folds the alias it looks for, but not those in the file, and would never find another.
 *
 * @throws JksError `duplicate-alias`
 */
export const writeJks = (entries: readonly JksEntry[], storePassword: string): Buffer => {
  rejectDuplicates(entries);
  const content = Buffer.concat([
    u32(JKS.magic),
    u32(JKS.version),
    u32(entries.length),
    ...entries.flatMap(entryBytes),
  ]);
  return Buffer.concat([content, integrityDigest(content, storePassword)]);
};

const rejectDuplicates = (entries: readonly JksEntry[]): void => {
  const seen = new Set<string>();
  for (const alias of entries.map((entry) => entry.alias.toLowerCase())) {
    if (seen.has(alias)) throw new JksError('duplicate-alias', `two entries have the alias "${alias}"`);
    seen.add(alias);
  }
};

const entryBytes = (entry: JksEntry): readonly Buffer[] => {
  const head = [utf(entry.alias.toLowerCase()), u64(entry.date.getTime())];
  if (entry.kind === 'trusted') return [u32(JKS.trustedEntry), ...head, ...certificateBytes(entry.certificate)];
  return [
    u32(JKS.keyEntry),
    ...head,
    u32(entry.protectedKey.length),
    entry.protectedKey,
    u32(entry.chain.length),
    ...entry.chain.flatMap(certificateBytes),
  ];
};

const certificateBytes = (der: Buffer): readonly Buffer[] => [utf(JKS.certificateType), u32(der.length), der];

const utf = (text: string): Buffer => {
  const bytes = encodeModifiedUtf8(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
