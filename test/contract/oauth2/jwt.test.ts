import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import {
  type Client,
  clientCredentials,
  introspect,
  newClient,
  refresh,
  tokensOf,
  uniqueName,
  withPassword,
} from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager } from './key-manager.ts';
import { addApplication, addSubscription, addTier, rows } from './rows.ts';

const keyManagers = useKeyManagers();

/** Checks a JWT with jose against the keys that the node publishes, as a stranger would. */
const verified = async (km: KeyManager, token: string) => {
  const keys = createRemoteJWKSet(new URL(`${km.baseUrl}/oauth2/jwks`), { [customFetch]: km.fetch });
  const { payload } = await jwtVerify(token, keys, { issuer: `${km.baseUrl}/oauth2/token`, algorithms: ['RS256'] });
  return payload;
};

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe.each(VERSIONS)('JWTs of %s', (version) => {
  let km: KeyManager;
  let client: Client;
  let api: string;
  let application: number;
  const tier = `Burst-${version}`;

  beforeAll(async () => {
    km = await keyManagers.start({ version });
    client = await newClient(km);
    application = await addApplication(km, client, `jwt-${version}`, 'JWT');
    api = uniqueName();
    await addTier(km, tier);
    await addSubscription(km, application, api, tier);
    await addSubscription(km, application, `${api}-b`, 'Unlimited');
  });

  it('verify against the published keys and say who may do what', async () => {
    const { access_token: token, scope } = await clientCredentials(km, client);
    const { iat = 0, ...claims } = await verified(km, token);
    const common = {
      sub: 'admin@carbon.super',
      jti: UUID,
      iss: `${km.baseUrl}/oauth2/token`,
      exp: iat + 3600,
      scope,
    };
    const subscribed = (name: string, subscriptionTier: string) => ({
      name,
      context: `/${name}/1.0.0`,
      version: '1.0.0',
      publisher: 'admin',
      subscriptionTier,
      subscriberTenantDomain: 'carbon.super',
    });
    expect(claims).toEqual(
      version === '3.2.0'
        ? { ...common, aud: client.id, azp: client.id, nbf: iat }
        : {
            ...common,
            aud: 'http://org.wso2.apimgt/gateway',
            subscribedAPIs: [subscribed(api, tier), subscribed(`${api}-b`, 'Unlimited')],
            tierInfo: {
              [tier]: { stopOnQuotaReach: true, spikeArrestLimit: 5, spikeArrestUnit: 's' },
              Unlimited: { stopOnQuotaReach: true, spikeArrestLimit: 0, spikeArrestUnit: null },
            },
            application: { id: application, name: `jwt-${version}`, tier: '10PerMin', owner: 'admin' },
            keytype: 'SANDBOX',
            consumerKey: client.id,
            backendJwt: '',
          },
    );
  });

  it('name the certificate as the product does: base64url of the hexadecimal SHA-1', async () => {
    const { access_token: token } = await clientCredentials(km, client);
    const certificate = km.context.primaryKey.certificate.fingerprint.replaceAll(':', '').toLowerCase();
    const x5t = Buffer.from(certificate).toString('base64url');
    expect(decodeProtectedHeader(token)).toEqual(
      version === '3.2.0' ? { alg: 'RS256', x5t, kid: `${x5t}_RS256` } : { alg: 'RS256', typ: 'JWT', x5t },
    );
  });

  it('are stored by their jti', async () => {
    const { access_token: token } = await clientCredentials(km, client);
    const { jti } = await verified(km, token);
    expect(
      await rows(km, 'SELECT TOKEN_STATE FROM IDN_OAUTH2_ACCESS_TOKEN WHERE ACCESS_TOKEN = ?', [jti ?? '']),
    ).toEqual([{ TOKEN_STATE: 'ACTIVE' }]);
  });

  it('are new at each request, and set the former one inactive', async () => {
    const first = await withPassword(km, client);
    const second = await withPassword(km, client);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).toBe(first.refresh_token);
    expect(await introspect(km, first.access_token)).toEqual({ active: false });
    expect(await introspect(km, second.access_token)).toMatchObject({ active: true });
    const { jti } = await verified(km, first.access_token);
    expect(
      await rows(km, 'SELECT TOKEN_STATE FROM IDN_OAUTH2_ACCESS_TOKEN WHERE ACCESS_TOKEN = ?', [jti ?? '']),
    ).toEqual([{ TOKEN_STATE: 'INACTIVE' }]);
  });

  it('are refreshed to JWTs', async () => {
    const { refresh_token: refreshToken = '' } = await withPassword(km, client);
    const { access_token: token } = await tokensOf(refresh(km, client, refreshToken));
    expect(await verified(km, token)).toMatchObject({ sub: 'admin@carbon.super' });
  });

  it('show their claims at introspection', async () => {
    const { access_token: token } = await withPassword(km, client);
    const { aud, jti, sub, iss, iat, exp } = await verified(km, token);
    expect(await introspect(km, token)).toEqual({
      active: true,
      scope: 'default',
      client_id: client.id,
      username: 'admin@carbon.super',
      token_type: 'Bearer',
      nbf: iat,
      iat,
      exp,
      aud,
      jti,
      sub,
      iss,
    });
  });

  it("with another signature, another algorithm or none are nobody's", async () => {
    const { access_token: token } = await withPassword(km, client);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    for (const forged of [
      `${header}.${payload}.${flipped}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.e30.${signature}`,
      '..',
    ]) {
      expect(await introspect(km, forged)).toEqual({ active: false });
    }
  });

  it('are what a client gets that registered for them, without an application', async () => {
    const own = await newClient(km, { tokenType: 'JWT' });
    const { access_token: token } = await clientCredentials(km, own, { validity_period: '-2' });
    const { iat = 0, exp, ...claims } = await verified(km, token);
    expect(exp).toBe(iat + 2_147_483_647);
    expect(claims).not.toHaveProperty('application');
  });
});

it('is not what a client gets whose application was made for opaque tokens', async () => {
  const client = await newClient(keyManagers.km);
  await addApplication(keyManagers.km, client, uniqueName(), 'OAUTH');
  expect((await clientCredentials(keyManagers.km, client)).access_token).not.toContain('.');
});
