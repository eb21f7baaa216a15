import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificateRequest,
  type CertificateRequests,
  type CertificateSet,
  credentialOf,
} from '../../../../lab/render/certificates/certificate-set.ts';
import { findMisfits } from '../../../../lab/render/certificates/find-misfits.ts';
import { issueCertificates } from '../../../../lab/render/certificates/issue-certificates.ts';

const NOW = new Date('2026-01-15T10:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const TEN_YEARS = 3652;

const request = (name: string, changes: Partial<CertificateRequest> = {}): CertificateRequest => ({
  name,
  commonName: `${name}.sample.test`,
  hostnames: [`${name}.sample.test`, 'localhost'],
  addresses: ['127.0.0.1'],
  ...changes,
});
const AUTHORITY = request('ca', { commonName: 'sample CA', hostnames: [], addresses: [] });
const PRIMARY = request('primary', { commonName: 'sample primary', hostnames: [], addresses: [] });
const REQUESTS: CertificateRequests = [AUTHORITY, PRIMARY, request('km-1')];

const certificateOf = (set: CertificateSet, name: string) => new X509Certificate(credentialOf(set, name).certificate);

describe('issueCertificates', () => {
  let issued: CertificateSet;
  let otherLab: CertificateSet;

  beforeAll(async () => {
    issued = await issueCertificates(REQUESTS, new Map(), NOW);
    otherLab = await issueCertificates([AUTHORITY], new Map(), NOW);
  });

  it('issues everything for an empty lab', () => {
    expect([...issued.keys()]).toEqual(['ca', 'primary', 'km-1']);
    const authority = certificateOf(issued, 'ca');
    expect(authority.ca).toBe(true);
    for (const [name, { key, certificate }] of issued) {
      expect(key, name).toMatch(/^-----BEGIN PRIVATE KEY-----/);
      expect(new X509Certificate(certificate).verify(authority.publicKey), name).toBe(true);
    }
  });

  it('names subject, host names and purposes', () => {
    const certificate = certificateOf(issued, 'km-1');
    expect(certificate.subject).toBe('O=apim-lab\nCN=km-1.sample.test');
    expect(certificate.issuer).toBe('O=apim-lab\nCN=sample CA');
    expect(certificate.subjectAltName).toBe('DNS:km-1.sample.test, DNS:localhost, IP Address:127.0.0.1');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
  });

  it('issues for ten years, from a day ago, because clocks differ', () => {
    const { validFrom, validTo } = certificateOf(issued, 'km-1');
    expect(new Date(validFrom)).toEqual(inDays(-1));
    expect(new Date(validTo)).toEqual(new Date('2036-01-15T10:00:00Z'));
  });

  it('changes nothing the second time', async () => {
    expect(findMisfits(REQUESTS, issued, inDays(1))).toEqual([]);
    expect(await issueCertificates(REQUESTS, issued, inDays(1))).toBe(issued);
  });

  it('issues only for the node that was added', async () => {
    const grown = await issueCertificates([...REQUESTS, request('km-2')], issued, inDays(1));
    expect([...grown.keys()]).toEqual(['ca', 'primary', 'km-1', 'km-2']);
    expect(grown).toEqual(new Map([...issued, ['km-2', credentialOf(grown, 'km-2')]]));
  });

  it('signs a node whose names changed anew, over its old key', async () => {
    const renamed = request('km-1', { hostnames: ['km-1.sample.test', 'km.sample.test', 'localhost'] });
    const requests: CertificateRequests = [AUTHORITY, PRIMARY, renamed];
    expect(findMisfits(requests, issued, NOW)).toEqual([
      { request: renamed, cause: 'its host names or addresses changed' },
    ]);
    const set = await issueCertificates(requests, issued, NOW);
    expect(credentialOf(set, 'km-1').key).toBe(credentialOf(issued, 'km-1').key);
    expect(certificateOf(set, 'km-1').checkHost('km.sample.test')).toBe('km.sample.test');
    expect(findMisfits(requests, set, NOW)).toEqual([]);
  });

  it('does not mind the order of names', () => {
    const reordered = request('km-1', { hostnames: ['localhost', 'km-1.sample.test'] });
    expect(findMisfits([AUTHORITY, PRIMARY, reordered], issued, NOW)).toEqual([]);
  });

  it('replaces a certificate of another subject and one that another authority signed', async () => {
    const otherSubject = request('km-1', { commonName: 'gw.bank.test' });
    expect(findMisfits([AUTHORITY, otherSubject], issued, NOW)[0]?.cause).toBe('it must say CN=gw.bank.test');
    const moved = new Map([...issued, ['ca', credentialOf(otherLab, 'ca')] as const]);
    expect(findMisfits(REQUESTS, moved, NOW).map(({ request, cause }) => `${request.name}: ${cause}`)).toEqual([
      "primary: the lab's certificate authority did not sign it",
      "km-1: the lab's certificate authority did not sign it",
    ]);
  });

  it('renews all in the last thirty days, over the old keys: the registry is encrypted with the primary one', async () => {
    expect(findMisfits(REQUESTS, issued, inDays(TEN_YEARS - 31))).toEqual([]);
    const late = inDays(TEN_YEARS - 29);
    expect(findMisfits(REQUESTS, issued, late).map(({ request, cause }) => `${request.name}: ${cause}`)).toEqual([
      'ca: it expires on 2036-01-15',
      "primary: the lab's certificate authority is new",
      "km-1: the lab's certificate authority is new",
    ]);
    const renewed = await issueCertificates(REQUESTS, issued, late);
    expect([...renewed].map(([name, { key }]) => [name, key])).toEqual(
      [...issued].map(([name, { key }]) => [name, key]),
    );
    expect(findMisfits(REQUESTS, renewed, late)).toEqual([]);
  });

  it('never issues beyond the life of the authority', async () => {
    const set = await issueCertificates([...REQUESTS, request('km-2')], issued, inDays(1000));
    expect(certificateOf(set, 'km-2').validTo).toBe(certificateOf(issued, 'ca').validTo);
  });
});
