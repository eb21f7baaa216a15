import { X509Certificate } from 'node:crypto';
import type { CertificateRequest, CertificateRequests, CertificateSet } from './certificate-set.ts';

/** A certificate that must be issued, and why. */
export type Misfit = { readonly request: CertificateRequest; readonly cause: string };

/** A lab should not outlive its certificates by accident. */
const RENEW_BEFORE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Which requests the existing certificates do not satisfy. Empty on a second run with the same plan.
 * A new authority makes every certificate a misfit, for they name it as their issuer.
 */
export const findMisfits = (
  [authority, ...signed]: CertificateRequests,
  existing: CertificateSet,
  now: Date,
): readonly Misfit[] => {
  const authorityCertificate = parsed(existing, authority);
  const cause = causeOf(authority, authorityCertificate, authorityCertificate, now);
  if (cause !== undefined || authorityCertificate === undefined)
    return [
      { request: authority, cause: cause ?? 'there is none yet' },
      ...signed.map((request) => ({ request, cause: "the lab's certificate authority is new" })),
    ];
  return signed.flatMap((request) => {
    const cause = causeOf(request, parsed(existing, request), authorityCertificate, now);
    return cause === undefined ? [] : [{ request, cause }];
  });
};

const parsed = (existing: CertificateSet, { name }: CertificateRequest): X509Certificate | undefined => {
  const credential = existing.get(name);
  return credential && new X509Certificate(credential.certificate);
};

const causeOf = (
  request: CertificateRequest,
  certificate: X509Certificate | undefined,
  issuer: X509Certificate | undefined,
  now: Date,
): string | undefined => {
  if (certificate === undefined || issuer === undefined) return 'there is none yet';
  if (commonNameOf(certificate) !== request.commonName) return `it must say CN=${request.commonName}`;
  if (namesOf(certificate) !== wantedNames(request)) return 'its host names or addresses changed';
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
    return "the lab's certificate authority did not sign it";
  if (Date.parse(certificate.validTo) - now.getTime() < RENEW_BEFORE_DAYS * DAY_MS)
    return `it expires on ${new Date(certificate.validTo).toISOString().slice(0, 10)}`;
  return undefined;
};

/** node:crypto shows a subject as lines of `KEY=value`. */
const commonNameOf = ({ subject }: X509Certificate): string | undefined => /^CN=(.*)$/m.exec(subject)?.[1];

/** node:crypto shows them as `DNS:km-1, IP Address:10.0.0.2`. */
const namesOf = ({ subjectAltName }: X509Certificate): string => (subjectAltName ?? '').split(', ').sort().join(', ');

const wantedNames = ({ hostnames, addresses }: CertificateRequest): string =>
  [...hostnames.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP Address:${address}`)].sort().join(', ');
