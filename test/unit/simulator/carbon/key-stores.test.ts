import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openKeyStores } from '../../../../compose/wso2am/server/carbon/key-stores.ts';
import { keyStore } from '../../../../lab/render/certificates/key-stores.ts';
import { load, type Tables } from '../config/deployment.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { temporaryHome } from './temporary-home.ts';

let store: Buffer;
let trust: Buffer;
beforeAll(async () => {
  const authority = await testAuthority();
  store = keyStore(await serverCredential(authority, 'km.lab'), authority);
  trust = keyStore(authority, authority);
});

/** A home with the given files in its security directory. */
const open = (files: Readonly<Record<string, Buffer>>, changes: Tables = {}) => {
  const home = temporaryHome();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(home, 'repository/resources/security', name), content);
  return openKeyStores(home, load(changes));
};

describe('the key stores of a node', () => {
  it('give the TLS key with its chain, and the primary key', () => {
    const { tls, primary } = open({ 'wso2carbon.jks': store, 'client-truststore.jks': trust });

    expect(tls.privateKey).toContain('BEGIN PRIVATE KEY');
    expect(tls.chain.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(primary.certificate.subject).toContain('CN=km.lab');
    expect(primary.certificate.checkPrivateKey(primary.privateKey)).toBe(true);
  });

  it('may differ for TLS and signing', () => {
    const files = { 'wso2carbon.jks': store, 'primary.jks': trust, 'client-truststore.jks': trust };
    const { primary } = open(files, { 'keystore.primary': { file_name: 'primary.jks' } });

    expect(primary.certificate.subject).toContain('CN=test');
  });

  it.each<[string, Tables, string]>([
    [
      'a missing file',
      { 'keystore.tls': { file_name: 'km.jks' } },
      'km.jks of [keystore.tls]: KeyStore File not found',
    ],
    [
      'a wrong password',
      { 'keystore.tls': { password: 'changeit' } },
      '[keystore.tls]: Keystore was tampered with, or password was incorrect',
    ],
    ['a wrong alias', { 'keystore.tls': { alias: 'km' } }, 'the key store has no alias "km"; it has "wso2carbon"'],
    ['a wrong key password', { 'keystore.tls': { key_password: 'changeit' } }, '[keystore.tls]: Cannot recover key'],
    ['another type', { 'keystore.tls': { type: 'PKCS12' } }, 'Key stores of type PKCS12'],
    ['a missing trust store', { truststore: { file_name: 'none.jks' } }, 'none.jks of [truststore]: KeyStore File'],
  ])('stop the start with %s, and say what is wrong', (_case, changes, message) => {
    expect(() => open({ 'wso2carbon.jks': store, 'client-truststore.jks': trust }, changes)).toThrow(message);
  });

  it('stop the start when a file is no key store', () => {
    const files = { 'wso2carbon.jks': Buffer.from('hello'), 'client-truststore.jks': trust };

    expect(() => open(files)).toThrow('Invalid keystore format');
  });
});
