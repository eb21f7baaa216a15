import type { Plan } from '../../plan/plan.ts';
import { HOME_PATHS, KEY_STORES } from '../../product/image.ts';
import { FILES, nodeDirectory } from '../paths.ts';
import { type CertificateSet, type Credential, credentialOf, LAB_CERTIFICATES } from './certificate-set.ts';
import { keyStore, trustStore } from './key-stores.ts';

/** For clients outside the lab that take PEM; beside the trust store for those that take JKS. */
const TRUSTED_CA = 'trust/ca.pem';

/**
 * All files with keys and certificates, by path below the lab directory: PEM for nginx, for people and for the next `up`;
 * key stores for nodes, which find them in their product home; a trust store for clients outside. Pure: the same set gives
 * the same bytes.
 */
export const certificateFiles = (plan: Plan, set: CertificateSet): ReadonlyMap<string, string | Buffer> => {
  const authority = credentialOf(set, LAB_CERTIFICATES.authority);
  const primary = credentialOf(set, LAB_CERTIFICATES.primary);
  const primaryStore = keyStore(primary, authority);
  const trust = trustStore(plan, set);
  return new Map<string, string | Buffer>([
    ...pemFiles(LAB_CERTIFICATES.authority, authority),
    ...pemFiles(LAB_CERTIFICATES.primary, primary, authority),
    ...[...plan.nodes, ...plan.balancers].flatMap(({ name }) => pemFiles(name, credentialOf(set, name), authority)),
    ...plan.nodes.flatMap(({ name }) => [
      securityFile(name, KEY_STORES.tls, keyStore(credentialOf(set, name), authority)),
      securityFile(name, KEY_STORES.primary, primaryStore),
      securityFile(name, KEY_STORES.trust, trust),
    ]),
    [FILES.trustStore, trust],
    [TRUSTED_CA, authority.certificate],
  ]);
};

type File = readonly [path: string, content: string | Buffer];

/** Certificate and key; the certificate with its authority behind it, as servers present it. */
const pemFiles = (name: string, { certificate, key }: Credential, authority?: Credential): readonly File[] => [
  [FILES.certificate(name), certificate + (authority?.certificate ?? '')],
  [FILES.key(name), key],
];

const securityFile = (node: string, name: string, content: Buffer): File => [
  `${nodeDirectory(node)}/${HOME_PATHS.security}/${name}`,
  content,
];
