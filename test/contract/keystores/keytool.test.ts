import { execFile, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_STORES } from '../../../lab/product/image.ts';
import { protectKey } from '../../../lab/product/jks/key-protector.ts';
import { certificateOf, openKey } from '../../../lab/product/jks/open.ts';
import { readJks } from '../../../lab/product/jks/read.ts';
import { writeJks } from '../../../lab/product/jks/write.ts';
import { KEY_STORE, type SampleLab, TRUST_STORE, writeSampleLab } from './sample-lab.ts';

const hasJdk = spawnSync('keytool', ['-help']).status === 0;
const title = hasJdk ? "Java's keytool" : "Java's keytool (skipped: there is no JDK on this machine)";

const run = promisify(execFile);
/** A JVM starts in a third of a second, but not on a busy machine. */
const LIMIT = { timeout: 60_000 };

describe.skipIf(!hasJdk)(title, LIMIT, () => {
  let lab: SampleLab;

  beforeAll(async () => {
    lab = await writeSampleLab();
  });

  afterAll(() => lab.remove());

  const keytool = async (...words: readonly string[]) =>
    (await run('keytool', ['-J-Duser.language=en', ...words], LIMIT)).stdout;
  const storeOptions = (name: string, type = 'JKS', password: string = KEY_STORES.password) => [
    ...['-keystore', lab.path(name), '-storetype', type, '-storepass', password],
  ];

  it("lists a node's key with its chain, host names and usages", async () => {
    const listing = await keytool('-list', '-v', ...storeOptions(KEY_STORE));
    expect(listing).toContain('Your keystore contains 1 entry');
    expect(listing).toContain('Alias name: wso2carbon');
    expect(listing).toContain('Entry type: PrivateKeyEntry');
    expect(listing).toContain('Certificate chain length: 2');
    expect(listing).toContain('Owner: CN=km-1.sample.test, O=apim-lab');
    expect(listing).toContain('Issuer: CN=sample CA, O=apim-lab');
    expect(listing).toContain('DNSName: km.sample.test');
    expect(listing).toContain('IPAddress: 10.211.0.11');
    expect(listing).toContain('Data_Encipherment');
  });

  it('exports the certificates of the trust store as they went in', async () => {
    const listing = await keytool('-list', ...storeOptions(TRUST_STORE));
    expect(listing.match(/trustedCertEntry/g)).toHaveLength(6);
    for (const [alias, name] of [
      ['lab_ca', 'ca'],
      ['km-1', 'km-1'],
      ['gateway_certificate_alias', 'primary'],
    ] as const) {
      const pem = await keytool('-exportcert', '-rfc', '-alias', alias, ...storeOptions(TRUST_STORE));
      expect(new X509Certificate(pem).raw, alias).toEqual((await lab.issuedTo(name)).raw);
    }
  });

  it('takes over a key with a password of its own, which openssl then finds unchanged', async () => {
    const pkcs8 = createPrivateKey(await lab.read('certificates/km-1.key')).export({ type: 'pkcs8', format: 'der' });
    const protectedKey = protectKey(pkcs8, 'key-secret');
    const chain = [(await lab.issuedTo('km-1')).raw, (await lab.issuedTo('ca')).raw];
    const entry = { kind: 'key', alias: 'own', date: new Date(), protectedKey, chain } as const;
    await writeFile(lab.path('own.jks'), writeJks([entry], 'store-secret'));
    await keytool(
      ...['-importkeystore', '-srckeystore', lab.path('own.jks'), '-srcstoretype', 'JKS', '-srcalias', 'own'],
      ...['-srcstorepass', 'store-secret', '-srckeypass', 'key-secret', '-destkeypass', 'p12-secret'],
      ...['-destkeystore', lab.path('own.p12'), '-deststoretype', 'PKCS12', '-deststorepass', 'p12-secret'],
    );
    const { stdout } = await run(
      'openssl',
      ['pkcs12', '-in', lab.path('own.p12'), '-passin', 'pass:p12-secret', '-nodes', '-nocerts'],
      LIMIT,
    );
    expect(createPrivateKey(stdout).export({ type: 'pkcs8', format: 'der' })).toEqual(pkcs8);
  });

  it('makes key stores that we read, with every wrong password told apart', async () => {
    const theirs = storeOptions('theirs.jks', 'JKS', 'store-secret');
    await keytool(
      ...['-genkeypair', '-alias', 'Theirs', '-keyalg', 'RSA', '-keysize', '2048', '-dname', 'CN=theirs, O=Bank'],
      ...['-ext', 'san=dns:theirs.test', '-keypass', 'key-secret', ...theirs],
    );
    await keytool('-importcert', '-noprompt', '-alias', 'trusted', '-file', lab.path('trust/ca.pem'), ...theirs);

    const file = await lab.read('theirs.jks');
    const entries = readJks(file, 'store-secret');
    const { privateKey, chain } = openKey(entries, 'theirs', 'key-secret');
    expect(chain[0]?.checkPrivateKey(privateKey)).toBe(true);
    expect(chain[0]?.subjectAltName).toBe('DNS:theirs.test');
    expect(certificateOf(entries, 'trusted').raw).toEqual((await lab.issuedTo('ca')).raw);
    expect(() => readJks(file, 'wrong')).toThrow(expect.objectContaining({ fault: 'wrong-store-password' }));
    expect(() => openKey(entries, 'theirs', 'wrong')).toThrow(expect.objectContaining({ fault: 'wrong-key-password' }));
  });

  it.each([
    ['PKCS12', 'pkcs12'],
    ['JCEKS', 'jceks'],
  ])('makes %s key stores that we refuse by name', async (type, fault) => {
    const store = storeOptions(`theirs.${type}`, type, 'store-secret');
    await keytool('-importcert', '-noprompt', '-alias', 'trusted', '-file', lab.path('trust/ca.pem'), ...store);
    const file = await lab.read(`theirs.${type}`);
    expect(() => readJks(file, 'store-secret')).toThrow(expect.objectContaining({ fault }));
  });
});
