import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { type CertificateRequests, type CertificateSet, credentialOf } from './certificate-set.ts';
import { findMisfits } from './find-misfits.ts';

/** Judged right for the product's 3.x versions (ecosystem.md 5). */
const KEY_BITS = 2048;

/**
 * Certificates for all requests: the existing ones where they fit, new ones where not. A certificate that no longer fits is
 * signed anew over its old key: the registry is encrypted with the primary one (configuration.md 8), so it must never
 * change, and making keys is what takes the time.
 *
 * @param existing what the lab directory holds; names that nobody requests are passed on
 * @param now decides what is about to expire, and from when new certificates are valid
 */
export const issueCertificates = async (
  requests: CertificateRequests,
  existing: CertificateSet,
  now: Date,
): Promise<CertificateSet> => {
  const misfits = findMisfits(requests, existing, now);
  if (misfits.length === 0) return existing;

  // Loaded only when there is something to sign: it takes 140 ms, a good part of a second `up`.
  const { signAuthority, signCertificate } = await import('./sign-certificate.ts');
  const drafts = await Promise.all(
    misfits.map(async ({ request }) => ({ request, key: existing.get(request.name)?.key ?? (await newKey()) })),
  );

  const [authorityRequest] = requests;
  const authorityDraft = drafts.find(({ request }) => request === authorityRequest);
  const authority =
    authorityDraft === undefined
      ? credentialOf(existing, authorityRequest.name)
      : { key: authorityDraft.key, certificate: await signAuthority(authorityRequest, authorityDraft.key, now) };

  const signed = await Promise.all(
    drafts
      .filter((draft) => draft !== authorityDraft)
      .map(async ({ request, key }) => {
        const certificate = await signCertificate(request, key, authority, now);
        return [request.name, { key, certificate }] as const;
      }),
  );
  return new Map([...existing, [authorityRequest.name, authority], ...signed]);
};

const newKey = async (): Promise<string> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};
