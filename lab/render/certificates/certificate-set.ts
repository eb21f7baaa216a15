import { labError } from '../../errors/lab-error.ts';

/** Names of the certificates that belong to the lab and not to one container. No node is called so: nodes are numbered. */
export const LAB_CERTIFICATES = { authority: 'ca', primary: 'primary' } as const;

/** Who needs a certificate, and what must stand in it. */
export type CertificateRequest = {
  /** Node, load balancer, or one of LAB_CERTIFICATES; names the files. */
  readonly name: string;
  readonly commonName: string;
  /** Subject alternative names; none for certificates that no TLS server shows. */
  readonly hostnames: readonly string[];
  readonly addresses: readonly string[];
};

/** The authority first, then everything it signs. */
export type CertificateRequests = readonly [authority: CertificateRequest, ...signed: CertificateRequest[]];

/** A certificate and its private key, both PEM; the certificate alone, without its authority. */
export type Credential = { readonly certificate: string; readonly key: string };

/** Certificates by the name of their request. */
export type CertificateSet = ReadonlyMap<string, Credential>;

/** The credential of this name; a set that lacks it was issued for another plan. */
export const credentialOf = (set: CertificateSet, name: string): Credential => {
  const found = set.get(name);
  if (found === undefined) throw labError('INTERNAL', `no certificate was issued for "${name}"`);
  return found;
};
