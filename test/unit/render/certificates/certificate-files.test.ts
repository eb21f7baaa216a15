import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { KEY_STORES } from '../../../../lab/product/image.ts';
import { certificateOf, openKey } from '../../../../lab/product/jks/open.ts';
import { readJks } from '../../../../lab/product/jks/read.ts';
import { certificateFiles } from '../../../../lab/render/certificates/certificate-files.ts';
import { type CertificateSet, credentialOf } from '../../../../lab/render/certificates/certificate-set.ts';
import { issueCertificates } from '../../../../lab/render/certificates/issue-certificates.ts';
import { planCertificates } from '../../../../lab/render/certificates/plan-certificates.ts';
import { sampleNode, samplePlan } from '../sample-plan.ts';

const NODE = sampleNode('key-manager', 'km-1', '10.211.0.11');
const PLAN = samplePlan({ nodes: [NODE, sampleNode('gateway', 'gw-1', '10.211.0.13')] });
const SECURITY = 'repository/resources/security';

describe('certificateFiles', () => {
  let set: CertificateSet;
  let files: ReadonlyMap<string, string | Buffer>;

  beforeAll(async () => {
    set = await issueCertificates(planCertificates(PLAN), new Map(), new Date('2026-01-15T10:00:00Z'));
    files = certificateFiles(PLAN, set);
  });

  const keyStore = (path: string) => readJks(Buffer.from(files.get(path) ?? ''), KEY_STORES.password);
  const openStore = (path: string) => openKey(keyStore(path), KEY_STORES.alias, KEY_STORES.password);
  const issuedTo = (name: string) => new X509Certificate(credentialOf(set, name).certificate).raw;

  it('has PEM files for all, key stores for each node, and trust for clients outside', () => {
    expect([...files.keys()].sort()).toEqual(
      [
        ...['ca', 'primary', 'km-1', 'gw-1', 'lb'].flatMap((name) => [
          `certificates/${name}.pem`,
          `certificates/${name}.key`,
        ]),
        ...['km-1', 'gw-1'].flatMap((name) =>
          ['wso2carbon.jks', 'primary.jks', 'client-truststore.jks'].map((file) => `nodes/${name}/${SECURITY}/${file}`),
        ),
        'trust/client-truststore.jks',
        'trust/ca.pem',
      ].sort(),
    );
  });

  it('gives the same bytes for the same certificates', () => {
    expect(certificateFiles(PLAN, new Map(set))).toEqual(files);
  });

  it("puts the authority behind a server's certificate, as servers present it", () => {
    const authority = credentialOf(set, 'ca').certificate;
    expect(files.get('certificates/lb.pem')).toBe(credentialOf(set, 'lb').certificate + authority);
    expect(files.get('certificates/ca.pem')).toBe(authority);
    expect(files.get('trust/ca.pem')).toBe(authority);
  });

  it("opens each node's key store to its own key and chain", () => {
    for (const name of ['km-1', 'gw-1']) {
      const { privateKey, chain } = openStore(`nodes/${name}/${SECURITY}/wso2carbon.jks`);
      expect(chain.map(({ raw }) => raw)).toEqual([issuedTo(name), issuedTo('ca')]);
      expect(chain[0]?.checkPrivateKey(privateKey)).toBe(true);
    }
  });

  it('gives all nodes the same primary key store, with another key than for TLS', () => {
    const [onKm, onGw] = ['km-1', 'gw-1'].map((name) => files.get(`nodes/${name}/${SECURITY}/primary.jks`));
    expect(onKm).toEqual(onGw);
    expect(openStore(`nodes/km-1/${SECURITY}/primary.jks`).chain[0]?.raw).toEqual(issuedTo('primary'));
  });

  it('trusts the authority, every node and load balancer, and the signing certificate where 3.x looks for it', () => {
    const entries = keyStore(`nodes/gw-1/${SECURITY}/client-truststore.jks`);
    expect(entries.map(({ alias }) => [alias, certificateOf(entries, alias).raw])).toEqual([
      ['lab_ca', issuedTo('ca')],
      ['km-1', issuedTo('km-1')],
      ['gw-1', issuedTo('gw-1')],
      ['lb', issuedTo('lb')],
      ['wso2carbon', issuedTo('primary')],
      ['gateway_certificate_alias', issuedTo('primary')],
    ]);
    expect(files.get('trust/client-truststore.jks')).toEqual(files.get(`nodes/gw-1/${SECURITY}/client-truststore.jks`));
  });

  it('refuses a set that was issued for another plan', () => {
    const grown = samplePlan({ nodes: [NODE, sampleNode('gateway', 'gw-9', '10.211.0.19')] });
    expect(() => certificateFiles(grown, set)).toThrow('no certificate was issued for "gw-9"');
  });
});
