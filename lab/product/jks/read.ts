import { ByteReader } from './byte-reader.ts';
import { JKS, type JksEntry, OTHER_STORES } from './format.ts';
import { JksError } from './jks-error.ts';
import { integrityDigest } from './password-digest.ts';

/**
 * The entries of a JKS file, in the file's order. Keys stay protected; `openKey` opens one.
 *
 * The layout is read before the password is checked, for nothing in it depends on the password: a file that cannot even be
 * read is damaged for certain, one that only fails the digest has most likely been given the wrong password.
 *
 * @throws JksError `not-a-jks`, `pkcs12`, `jceks`, `damaged`, `wrong-store-password`
 */
export const readJks = (file: Buffer, storePassword: string): readonly JksEntry[] => {
  rejectOtherStores(file);
  const reader = new ByteReader(file);
  reader.u32();
  const version = reader.u32();
  if (version !== 1 && version !== JKS.version)
    throw new JksError('damaged', `the key store has format version ${version}, which does not exist`);
  const count = reader.u32();
  const entries: JksEntry[] = [];
  while (entries.length < count) entries.push(readEntry(reader, version));
  const content = file.subarray(0, reader.offset);
  if (!reader.take(JKS.digestBytes).equals(integrityDigest(content, storePassword)))
    throw new JksError('wrong-store-password', 'the store password is wrong, or the key store was altered');
  return entries;
};

const rejectOtherStores = (file: Buffer): void => {
  const magic = file.length < 4 ? undefined : file.readUInt32BE();
  if (magic === JKS.magic) return;
  if (magic === OTHER_STORES.jceksMagic) throw new JksError('jceks', 'the key store is of type JCEKS, not JKS');
  if (file[0] === OTHER_STORES.derSequence) throw new JksError('pkcs12', 'the key store is of type PKCS12, not JKS');
  throw new JksError('not-a-jks', 'the file is not a key store of type JKS');
};

const readEntry = (reader: ByteReader, version: number): JksEntry => {
  const tag = reader.u32();
  const alias = reader.utf();
  const date = reader.date();
  switch (tag) {
    case JKS.keyEntry: {
      const protectedKey = reader.take(reader.u32());
      const length = reader.u32();
      const chain: Buffer[] = [];
      while (chain.length < length) chain.push(readCertificate(reader, version));
      return { kind: 'key', alias, date, protectedKey, chain };
    }
    case JKS.trustedEntry:
      return { kind: 'trusted', alias, date, certificate: readCertificate(reader, version) };
    default:
      throw new JksError('damaged', `the key store holds an entry of kind ${tag}, which JKS does not have`);
  }
};

const readCertificate = (reader: ByteReader, version: number): Buffer => {
  const type = version === 1 ? JKS.certificateType : reader.utf();
  if (type !== JKS.certificateType)
    throw new JksError('damaged', `the key store holds a certificate of type "${type}"`);
  return reader.take(reader.u32());
};
