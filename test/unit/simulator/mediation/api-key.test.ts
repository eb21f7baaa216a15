import { describe, expect, it } from 'vitest';
import { type JwtClaims, signerOf, signJwt } from '../../../../compose/wso2am/server/keymanager/issuers/sign-jwt.ts';
import { revokeCachedApiKey } from '../../../../compose/wso2am/server/mediation/caches/invalidate.ts';
import { writeLocalEntry } from '../../../../compose/wso2am/server/synapse/local-entry.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { START, startBackend, startGateway, strangeKey, useSharedKey } from './gateway-under-test.ts';
import { grantedInfo } from './sample-info.ts';

useSharedKey();

const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const HEADER = { typ: 'JWT', kid: 'gateway_certificate_alias' };
const DEFINITION = {
  paths: { '/menu': { get: { 'x-throttling-tier': '10KPerMin', security: [{ default: ['read'] }] } } },
};

const CLAIMS = {
  sub: 'admin@carbon.super',
  iat: START / 1000,
  keytype: 'SANDBOX',
  application: { id: 7, name: 'app1', tier: '10PerMin', owner: 'admin', uuid: 'of-app1' },
  subscribedAPIs: [
    {
      name: 'PizzaShackAPI',
      context: '/pizzashack/1.0.0',
      version: '1.0.0',
      publisher: 'admin',
      subscriptionTier: 'Bronze',
      subscriberTenantDomain: 'carbon.super',
    },
  ],
  tierInfo: { Bronze: { stopOnQuotaReach: false, spikeArrestLimit: 5, spikeArrestUnit: 's' } },
} satisfies JwtClaims;

const startPizza = async (security = 'oauth2,api_key', options: Parameters<typeof startGateway>[0] = {}) => {
  const gateway = await startGateway(options);
  const { artifacts, context, url } = gateway;
  const sandbox = 'PizzaShackAPI--v1.0.0_APIproductionEndpoint';
  await artifacts.apis.deploy(apiXml({ security: { apiUUID: UUID, APISecurity: security }, sandbox }));
  await artifacts.localEntries.deploy(writeLocalEntry({ name: UUID, value: JSON.stringify(DEFINITION) }));
  await startBackend(gateway, ({ url: path, headers }, response) => {
    response.end(JSON.stringify({ path, key: headers.apikey ?? null, authorization: headers.authorization ?? null }));
  });
  const signer = signerOf(context.primaryKey);
  const keyOf = (changes: JwtClaims = {}): string => signJwt(signer, HEADER, { ...CLAIMS, ...changes });
  const call = async (headers: Readonly<Record<string, string>>, query = '') => {
    const answer = await fetch(`${url}/pizzashack/1.0.0/menu${query}`, { headers });
    const text = await answer.text();
    const code = /<ams:code>(\d+)</.exec(text)?.[1];
    return code === undefined ? `${answer.status} ${text}` : `${answer.status} ${code}`;
  };
  return { ...gateway, signer, keyOf, call };
};

const reached = (path: string) => `200 ${JSON.stringify({ path, key: null, authorization: null })}`;

describe('an API key', () => {
  it('opens the API in a header, which does not reach the back end', async () => {
    const { call, keyOf } = await startPizza();

    expect(await call({ apikey: keyOf() })).toBe(reached('/base/menu'));
  });

  it('opens it in the query too, and the other parameters travel on', async () => {
    const { call, keyOf } = await startPizza();

    expect(await call({}, `?size=2&apikey=${keyOf()}&cut=thin`)).toBe(reached('/base/menu?size=2&cut=thin'));
    expect(await call({}, `?apikey=${keyOf()}`)).toBe(reached('/base/menu'));
  });

  it('brings throttling what its claims say, with the policy of the resource', async () => {
    const seen: unknown[] = [];
    const { call, keyOf } = await startPizza('api_key', {
      parts: {
        throttle: (_call, { caller, resourceInfo }) => {
          const { applicationId, tier, type, subscriber } = caller;
          seen.push([applicationId, tier, type, subscriber, resourceInfo.throttlingTier]);
          return undefined;
        },
      },
    });
    await call({ apikey: keyOf() });

    expect(seen).toEqual([['7', 'Bronze', 'SANDBOX', 'admin', '10KPerMin']]);
  });

  it('counts for nothing at an API that takes none, and reaches its back end', async () => {
    const { call, keyOf, keyManager } = await startPizza('oauth2');
    keyManager.tokens.set('good', grantedInfo());
    const apikey = keyOf();

    expect(await call({ apikey })).toBe('401 900902');
    expect(await call({ apikey, Authorization: 'Bearer good' })).toContain(apikey);
  });

  it('of a stranger, tampered with, of no form, or without a key id is 900901', async () => {
    const { call, keyOf, signer } = await startPizza();
    const [header, , signature] = keyOf().split('.');
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'mallory' })).toString('base64url');

    expect(await call({ apikey: signJwt({ ...signer, privateKey: strangeKey() }, HEADER, CLAIMS) })).toBe('401 900901');
    expect(await call({ apikey: `${header}.${changed}.${signature}` })).toBe('401 900901');
    expect(await call({ apikey: signJwt(signer, { typ: 'JWT' }, CLAIMS) })).toBe('401 900901');
    for (const apikey of ['a.b.c', 'abc', '..', 'a.b.c.d']) expect(await call({ apikey })).toBe('401 900901');
  });

  it('that was called with is still no cover for other claims', async () => {
    const { call, keyOf } = await startPizza();
    const key = keyOf();
    const [header, , signature] = key.split('.');
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, keytype: 'PRODUCTION' })).toString('base64url');

    expect(await call({ apikey: key })).toBe(reached('/base/menu'));
    expect(await call({ apikey: `${header}.${changed}.${signature}` })).toBe('401 900901');
    expect(await call({ apikey: key })).toBe(reached('/base/menu'));
  });

  it('without expiry never ends; one that expired is 900903, and invalid from then on', async () => {
    const { call, keyOf, pass } = await startPizza();
    const [eternal, short] = [keyOf(), keyOf({ exp: START / 1000 + 60 })];
    expect(await call({ apikey: short })).toBe(reached('/base/menu'));
    pass(60_000);

    expect(await call({ apikey: short })).toBe('401 900903');
    expect(await call({ apikey: short })).toBe('401 900901');
    expect(await call({ apikey: eternal })).toBe(reached('/base/menu'));
  });

  it('without the subscription is 900908, and its scopes are not asked for', async () => {
    const { call, keyOf } = await startPizza();

    expect(await call({ apikey: keyOf({ subscribedAPIs: [] }) })).toBe('403 900908');
    expect(await call({ apikey: keyOf() })).toBe(reached('/base/menu'));
  });

  it('that was revoked is 900901: known by the list, or taken out of the cache', async () => {
    const revoked = new Set<string>();
    const { call, keyOf, caches } = await startPizza('api_key', { parts: { isRevoked: (each) => revoked.has(each) } });
    const [first, second] = [keyOf(), keyOf({ jti: 'another' })];
    const signature = (key: string): string => key.split('.')[2] ?? '';
    revoked.add(signature(first));
    expect(await call({ apikey: first })).toBe('401 900901');

    await call({ apikey: second });
    revokeCachedApiKey(caches, signature(second));
    expect(await call({ apikey: second })).toBe('401 900901');
  });

  it('may be bound to addresses and referers', async () => {
    const { call, keyOf } = await startPizza();
    const from = (address: string) => ({ 'X-Forwarded-For': address });
    const bound = keyOf({ permittedIP: '10.0.0.0/8, 192.168.1.7' });
    const referred = keyOf({ permittedReferer: 'https://shop.example/*' });

    expect(await call({ apikey: bound, ...from('10.9.8.7') })).toBe(reached('/base/menu'));
    expect(await call({ apikey: bound, ...from('192.168.1.8') })).toBe('403 900908');
    expect(await call({ apikey: referred, Referer: 'https://shop.example/a' })).toBe(reached('/base/menu'));
    expect(await call({ apikey: referred, Referer: 'https://evil.example/' })).toBe('403 900908');
    expect(await call({ apikey: referred })).toBe('403 900908');
  });

  it('at an API without a definition is 900911', async () => {
    const { call, keyOf, artifacts } = await startPizza('api_key');
    await artifacts.localEntries.remove(UUID);

    expect(await call({ apikey: keyOf() })).toBe('500 900911');
  });
});

describe('an API with several schemes', () => {
  it('admits a caller whose API key is good, whatever the token', async () => {
    const { call, keyOf, keyManager } = await startPizza();

    expect(await call({ apikey: keyOf(), Authorization: 'Bearer wrong' })).toBe(reached('/base/menu'));
    keyManager.broken = true;
    expect(await call({ apikey: keyOf({ jti: 'x' }), Authorization: 'Bearer other' })).toBe(reached('/base/menu'));
  });

  it('refuses by the credentials that were shown, the last ones first', async () => {
    const { call, keyOf } = await startPizza();

    expect(await call({})).toBe('401 900902');
    expect(await call({ Authorization: 'Bearer wrong' })).toBe('401 900901');
    expect(await call({ Authorization: 'Bearer wrong', apikey: keyOf({ subscribedAPIs: [] }) })).toBe('403 900908');
  });

  it('of which none is known is an unclassified failure, and mutual TLS is not simulated', async () => {
    const unknown = await startPizza('oauth_basic_auth_api_key_mandatory');
    expect(await unknown.call({})).toBe('500 900900');

    const mutual = await startPizza('mutualssl,oauth2');
    expect(await mutual.call({})).toMatch(/^501 /);
    expect(mutual.lines.at(-1)).toBe('WARN Not simulated: mutual TLS of APIs');
  });
});
