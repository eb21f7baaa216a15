import { createHmac, createPrivateKey, X509Certificate } from 'node:crypto';
import type { Plan } from '../../plan/plan.ts';
import { KEY_STORES } from '../../product/image.ts';
import type { JksEntry, JksKeyEntry, JksTrustedEntry } from '../../product/jks/format.ts';
import { protectKey } from '../../product/jks/key-protector.ts';
import { writeJks } from '../../product/jks/write.ts';
import { type CertificateSet, type Credential, credentialOf, LAB_CERTIFICATES } from './certificate-set.ts';

/** Underscores keep it apart from the names of nodes, which have none. */
const AUTHORITY_ALIAS = 'lab_ca';

/** A key store with one key, under the alias and password that the product ships with. */
export const keyStore = (credential: Credential, authority: Credential): Buffer =>
  store([keyEntry(KEY_STORES.alias, credential, authority)]);

/**
 * The trust store of every node and of clients outside: the authority, the certificate of each node and load balancer by
 * its name, and the signing certificate where each version looks for it (configuration.md 8).
 */
export const trustStore = (plan: Plan, set: CertificateSet): Buffer => {
  const trust = (alias: string, name: string) => trustedEntry(alias, credentialOf(set, name));
  return store([
    trust(AUTHORITY_ALIAS, LAB_CERTIFICATES.authority),
    ...[...plan.nodes, ...plan.balancers].map(({ name }) => trust(name, name)),
    trust(KEY_STORES.alias, LAB_CERTIFICATES.primary),
    trust(KEY_STORES.gatewayCertificateAlias, LAB_CERTIFICATES.primary),
  ]);
};

const store = (entries: readonly JksEntry[]): Buffer => writeJks(entries, KEY_STORES.password);

/** Everything in an entry follows from key and certificate, so that the same ones always give the same file. */
const keyEntry = (alias: string, credential: Credential, authority: Credential): JksKeyEntry => {
  const certificate = new X509Certificate(credential.certificate);
  const pkcs8 = createPrivateKey(credential.key).export({ type: 'pkcs8', format: 'der' });
  // The product wants the key's password to be the store's (configuration.md 8).
  const protectedKey = protectKey(pkcs8, KEY_STORES.password, saltFor(pkcs8, alias));
  const chain = [certificate.raw, new X509Certificate(authority.certificate).raw];
  return { kind: 'key', alias, date: dateOf(certificate), protectedKey, chain };
};

const trustedEntry = (alias: string, credential: Credential): JksTrustedEntry => {
  const certificate = new X509Certificate(credential.certificate);
  return { kind: 'trusted', alias, date: dateOf(certificate), certificate: certificate.raw };
};

/** SHA-1 for its 20 bytes, which is what a salt has. */
const saltFor = (pkcs8: Buffer, alias: string): Buffer => createHmac('sha1', pkcs8).update(alias).digest();

const dateOf = ({ validFrom }: X509Certificate): Date => new Date(validFrom);
