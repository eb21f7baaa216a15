import type { KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME_PATHS, KEY_STORES } from '../../../../lab/product/image.ts';
import type { JksEntry } from '../../../../lab/product/jks/format.ts';
import { JksError, type JksFault } from '../../../../lab/product/jks/jks-error.ts';
import { openKey, trustedCertificates } from '../../../../lab/product/jks/open.ts';
import { readJks } from '../../../../lab/product/jks/read.ts';
import type { Configuration } from '../config/configuration.ts';
import type { PrimaryKey } from './context.ts';
import { StartFailure } from './start-failure.ts';

/** The stores of a node, opened (configuration.md 8). */
export type KeyStores = {
  /** Of the TLS listeners. */
  readonly tls: TlsKey;
  readonly primary: PrimaryKey;
  /** PEM; whom this node trusts when it connects to others. */
  readonly trusted: readonly string[];
};

/** Both PEM; the chain leaf first. */
export type TlsKey = { readonly privateKey: string; readonly chain: string };

const CLASS = 'org.wso2.carbon.core.util.KeyStoreManager';

/** Java's words for what goes wrong with a store; people search for them. */
const JAVA_WORDS: Readonly<Partial<Record<JksFault, string>>> = {
  'wrong-store-password': 'Keystore was tampered with, or password was incorrect',
  'wrong-key-password': 'Cannot recover key',
  'not-a-jks': 'Invalid keystore format',
  damaged: 'Invalid keystore format',
};

/** @throws StartFailure a store that is missing or damaged, a wrong password or alias */
export const openKeyStores = (home: string, configuration: Configuration): KeyStores => {
  const open = (table: 'tls' | 'primary'): { privateKey: KeyObject; chain: readonly X509Certificate[] } => {
    const path = storePath(home, configuration, `keystore.${table}`);
    const entries = readStore(path, configuration, `keystore.${table}`);
    return explained(path, `keystore.${table}`, () =>
      openKey(
        entries,
        configuration.text(`keystore.${table}.alias`),
        configuration.text(`keystore.${table}.key_password`),
      ),
    );
  };

  const tls = open('tls');
  const primary = open('primary');
  const [certificate] = primary.chain;
  if (!certificate) throw new StartFailure(CLASS, 'The key of [keystore.primary] has no certificate');
  const trustStore = readStore(storePath(home, configuration, 'truststore'), configuration, 'truststore');
  return {
    tls: {
      privateKey: tls.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      chain: tls.chain.map(String).join(''),
    },
    primary: { privateKey: primary.privateKey, certificate },
    trusted: trustedCertificates(trustStore).map(String),
  };
};

const storePath = (home: string, configuration: Configuration, table: string): string =>
  join(home, HOME_PATHS.security, configuration.text(`${table}.file_name`));

const readStore = (path: string, configuration: Configuration, table: string): readonly JksEntry[] => {
  const type = configuration.text(`${table}.type`);
  if (type.toUpperCase() !== KEY_STORES.type)
    throw new StartFailure(CLASS, `Key stores of type ${type}, as in [${table}], are not simulated: use JKS`);
  return explained(path, table, () => readJks(readFileSync(path), configuration.text(`${table}.password`)));
};

const explained = <T>(path: string, table: string, work: () => T): T => {
  try {
    return work();
  } catch (cause) {
    throw new StartFailure(CLASS, `Error in loading the key store ${path} of [${table}]: ${reasonOf(cause)}`, cause);
  }
};

const reasonOf = (cause: unknown): string => {
  if (cause instanceof JksError) {
    const words = JAVA_WORDS[cause.fault];
    return words === undefined ? cause.message : `${words} (${cause.message})`;
  }
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'KeyStore File not found';
  return cause instanceof Error ? cause.message : String(cause);
};
