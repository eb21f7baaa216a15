import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JksEntry } from '../../../../lab/product/jks/format.ts';
import { protectKey } from '../../../../lab/product/jks/key-protector.ts';
import { certificateOf, openKey, trustedCertificates } from '../../../../lab/product/jks/open.ts';
import { fault } from './fault.ts';
import { DATE } from './sample-entries.ts';

describe('the entries of a key store', () => {
  let entries: readonly JksEntry[];

  beforeAll(async () => {
    const own = await selfSigned('CN=own');
    const other = await selfSigned('CN=other');
    const protectedKey = protectKey(own.pkcs8, 'key-secret');
    entries = [
      { kind: 'key', alias: 'own', date: DATE, protectedKey, chain: [own.certificate] },
      { kind: 'trusted', alias: 'other', date: DATE, certificate: other.certificate },
    ];
  });

  it('give a private key that belongs to its certificate', () => {
    const { privateKey, chain } = openKey(entries, 'own', 'key-secret');
    expect(chain).toHaveLength(1);
    expect(chain[0]?.checkPrivateKey(privateKey)).toBe(true);
  });

  it('are found whatever the case of the alias', () => {
    expect(openKey(entries, 'OWN', 'key-secret').chain).toHaveLength(1);
    expect(certificateOf(entries, 'Other').subject).toBe('CN=other');
  });

  it('give the certificate of key and trusted entries alike, but list only the trusted', () => {
    expect(certificateOf(entries, 'own').subject).toBe('CN=own');
    expect(trustedCertificates(entries).map(({ subject }) => subject)).toEqual(['CN=other']);
  });

  it('say which aliases there are when one is missing', () => {
    expect(() => certificateOf(entries, 'wso2carbon')).toThrow('no alias "wso2carbon"; it has "own", "other"');
    expect(fault(() => openKey(entries, 'wso2carbon', 'key-secret'))).toBe('no-such-alias');
  });

  it('give no private key where there is only a certificate', () => {
    expect(fault(() => openKey(entries, 'other', 'key-secret'))).toBe('no-such-alias');
  });

  it('keep a key shut for a wrong password', () => {
    expect(fault(() => openKey(entries, 'own', 'wso2carbon'))).toBe('wrong-key-password');
  });
});

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const selfSigned = async (name: string) => {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({ name, keys });
  return {
    pkcs8: Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    certificate: Buffer.from(certificate.rawData),
  };
};
