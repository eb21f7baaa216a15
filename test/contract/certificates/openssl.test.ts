import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONG_HOSTNAME, REQUESTS, type SampleLab, writeSampleLab } from '../keystores/sample-lab.ts';

const run = promisify(execFile);
const LIMIT = { timeout: 30_000 };

describe('openssl', LIMIT, () => {
  let lab: SampleLab;

  beforeAll(async () => {
    lab = await writeSampleLab();
  });

  afterAll(() => lab.remove());

  const openssl = async (...words: readonly string[]) => (await run('openssl', words, LIMIT)).stdout;
  const verify = (name: string, ...options: readonly string[]) =>
    openssl(
      ...['verify', '-x509_strict', '-CAfile', lab.path('trust/ca.pem'), '-purpose', 'sslserver', ...options],
      lab.path(`certificates/${name}.pem`),
    );
  const text = (name: string) => openssl('x509', '-in', lab.path(`certificates/${name}.pem`), '-noout', '-text');

  it('accepts every certificate as a server, by every name and address it was asked for', async () => {
    const [, , ...servers] = REQUESTS;
    for (const { name, hostnames, addresses } of servers) {
      for (const hostname of hostnames) expect(await verify(name, '-verify_hostname', hostname)).toContain(': OK');
      for (const address of addresses) expect(await verify(name, '-verify_ip', address)).toContain(': OK');
    }
  });

  it('accepts the signing certificate', async () => {
    expect(await verify('primary')).toContain(': OK');
  });

  it('refuses a name that a certificate was not asked for', async () => {
    await expect(verify('km-1', '-verify_hostname', LONG_HOSTNAME)).rejects.toThrow(/hostname mismatch/i);
  });

  it('shows the usages that the product wants, data encipherment among them', async () => {
    for (const name of ['km-1', 'lb', 'primary']) {
      const shown = await text(name);
      expect(shown, name).toContain('Digital Signature, Key Encipherment, Data Encipherment\n');
      expect(shown, name).toContain('TLS Web Server Authentication, TLS Web Client Authentication\n');
      expect(shown, name).toContain('Signature Algorithm: sha256WithRSAEncryption');
      expect(shown, name).toContain('Public-Key: (2048 bit)');
      expect(shown, name).toContain('CA:FALSE');
    }
  });

  it("finds the authority's key identifier in what it signed", async () => {
    const [, identifier = 'none'] = /Subject Key Identifier: \n\s+(\S+)/.exec(await text('ca')) ?? [];
    expect(/Authority Key Identifier: \n\s+(\S+)/.exec(await text('km-1'))?.[1]).toBe(identifier);
  });

  it('finds another serial number in every certificate', async () => {
    const serials = await Promise.all(
      REQUESTS.map(({ name }) => openssl('x509', '-in', lab.path(`certificates/${name}.pem`), '-noout', '-serial')),
    );
    expect(new Set(serials).size).toBe(REQUESTS.length);
  });
});
