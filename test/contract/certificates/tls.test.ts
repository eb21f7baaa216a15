import { once } from 'node:events';
import { type ConnectionOptions, connect, createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_STORES } from '../../../lab/product/image.ts';
import { openKey, trustedCertificates } from '../../../lab/product/jks/open.ts';
import { readJks } from '../../../lab/product/jks/read.ts';
import { KEY_STORE, type SampleLab, TRUST_STORE, writeSampleLab } from '../keystores/sample-lab.ts';

describe('a TLS server with the key of a key store', () => {
  let lab: SampleLab;

  beforeAll(async () => {
    lab = await writeSampleLab();
  });

  afterAll(() => lab.remove());

  const entriesOf = async (name: string) => readJks(await lab.read(name), KEY_STORES.password);

  /** Connects to such a server with the trust store; the certificate must fit `servername`, or else 127.0.0.1. */
  const handshake = async (options: ConnectionOptions) => {
    const { privateKey, chain } = openKey(await entriesOf(KEY_STORE), KEY_STORES.alias, KEY_STORES.password);
    const ca = trustedCertificates(await entriesOf(TRUST_STORE)).map(String);
    const server = createServer({
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert: chain.map(String).join(''),
    }).listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
      const socket = connect({ host: '127.0.0.1', port: address.port, ca, ...options });
      await once(socket, 'secureConnect');
      socket.destroy();
      return socket.authorized;
    } finally {
      server.close();
    }
  };

  it('is trusted by name', async () => {
    expect(await handshake({ servername: 'km.sample.test' })).toBe(true);
    expect(await handshake({ servername: 'localhost' })).toBe(true);
  });

  it('is trusted by address', async () => {
    expect(await handshake({})).toBe(true);
  });

  it('is trusted with nothing but the authority', async () => {
    expect(await handshake({ servername: 'km-1', ca: await lab.read('trust/ca.pem') })).toBe(true);
  });

  it('is refused by another name and without the authority', async () => {
    await expect(handshake({ servername: 'gw-1' })).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await expect(handshake({ servername: 'km-1', ca: [] })).rejects.toThrow(/certificate/);
  });
});
