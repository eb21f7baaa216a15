import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FILES } from '../paths.ts';
import type { CertificateSet, Credential } from './certificate-set.ts';

/**
 * The certificates that an earlier run left in the lab directory. Pairs that are incomplete, damaged or do not belong
 * together count as absent; a directory that does not exist holds none.
 */
export const readCertificates = async (directory: string): Promise<CertificateSet> => {
  const names = await certificateNames(join(directory, dirname(FILES.ca)));
  const pairs = await Promise.all(names.map(async (name) => [name, await readPair(directory, name)] as const));
  return new Map(pairs.flatMap(([name, pair]) => (pair === undefined ? [] : [[name, pair] as const])));
};

const certificateNames = async (directory: string): Promise<readonly string[]> => {
  const files = await unlessAbsent(readdir(directory));
  return (files ?? []).filter((file) => file.endsWith('.pem')).map((file) => basename(file, '.pem'));
};

const readPair = async (directory: string, name: string): Promise<Credential | undefined> => {
  const [chain, key] = await Promise.all([
    unlessAbsent(readFile(join(directory, FILES.certificate(name)), 'utf8')),
    unlessAbsent(readFile(join(directory, FILES.key(name)), 'utf8')),
  ]);
  return chain === undefined || key === undefined ? undefined : pairOf(chain, key);
};

/** Of a PEM with several certificates, node:crypto reads the first: the leaf. */
const pairOf = (chain: string, key: string): Credential | undefined => {
  try {
    const leaf = new X509Certificate(chain);
    return leaf.checkPrivateKey(createPrivateKey(key)) ? { certificate: leaf.toString(), key } : undefined;
  } catch {
    return undefined;
  }
};

const unlessAbsent = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
