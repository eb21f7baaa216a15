import { createPrivateKey, X509Certificate } from 'node:crypto';
import { toPem } from 'jks-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_STORES } from '../../../lab/product/image.ts';
import { KEY_STORE, type SampleLab, TRUST_STORE, writeSampleLab } from './sample-lab.ts';

describe('jks-js', () => {
  let lab: SampleLab;

  beforeAll(async () => {
    lab = await writeSampleLab();
  });

  afterAll(() => lab.remove());

  it("reads a node's key store", async () => {
    const { cert = '', key = '' } = toPem(await lab.read(KEY_STORE), KEY_STORES.password)[KEY_STORES.alias] ?? {};
    const certificate = new X509Certificate(cert);
    expect(certificate.raw).toEqual((await lab.issuedTo('km-1')).raw);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  it('reads the trust store', async () => {
    const entries = Object.entries(toPem(await lab.read(TRUST_STORE), KEY_STORES.password));
    expect(entries.map(([alias, { ca = '' }]) => [alias, new X509Certificate(ca).subject.split('CN=')[1]])).toEqual([
      ['lab_ca', 'sample CA'],
      ['km-1', 'km-1.sample.test'],
      ['gw-1', expect.stringContaining('aaaa')],
      ['lb', 'lb'],
      ['wso2carbon', 'sample primary'],
      ['gateway_certificate_alias', 'sample primary'],
    ]);
  });
});
