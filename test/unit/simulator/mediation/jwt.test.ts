import { describe, expect, it } from 'vitest';
import { type JwtClaims, signerOf, signJwt } from '../../../../compose/wso2am/server/keymanager/issuers/sign-jwt.ts';
import { writeLocalEntry } from '../../../../compose/wso2am/server/synapse/local-entry.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { bearer, START, startBackend, startGateway, strangeKey, useSharedKey } from './gateway-under-test.ts';

useSharedKey();

const UUID = '01234567-89ab-cdef-0123-456789abcdef';

const DEFINITION = {
  paths: {
    '/menu': {
      get: { 'x-auth-type': 'Application & Application User', 'x-throttling-tier': '10KPerMin' },
      put: { 'x-auth-type': 'None' },
      post: { security: [{ default: ['write'] }] },
    },
  },
};

const CLAIMS = {
  sub: 'admin@carbon.super',
  exp: START / 1000 + 3600,
  iat: START / 1000,
  scope: 'am_application_scope default',
  keytype: 'PRODUCTION',
  consumerKey: 'key',
  application: { id: 7, name: 'app1', tier: '10PerMin', owner: 'admin' },
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

const startPizza = async (options: Parameters<typeof startGateway>[0] = {}) => {
  const gateway = await startGateway(options);
  const { artifacts, context } = gateway;
  await artifacts.apis.deploy(apiXml({ security: { apiUUID: UUID }, resources: [['GET PUT POST', '/menu']] }));
  await artifacts.localEntries.deploy(writeLocalEntry({ name: UUID, value: JSON.stringify(DEFINITION) }));
  await startBackend(gateway);
  const signer = signerOf(context.primaryKey);
  const tokenOf = (changes: JwtClaims = {}): string => signJwt(signer, { typ: 'JWT' }, { ...CLAIMS, ...changes });
  const call = async (token: string, method = 'GET') => {
    const answer = await fetch(`${gateway.url}/pizzashack/1.0.0/menu`, { method, headers: bearer(token) });
    const code = /<ams:code>(\d+)</.exec(await answer.text())?.[1];
    return code === undefined ? answer.status : `${answer.status} ${code}`;
  };
  return { ...gateway, signer, tokenOf, call };
};

describe('a JWT', () => {
  it('opens the APIs it names, and the Key Manager is not asked', async () => {
    const { call, tokenOf, keyManager } = await startPizza();

    expect(await call(tokenOf())).toBe(200);
    expect(keyManager.asked).toEqual([]);
  });

  it('brings throttling what its claims say', async () => {
    const seen: unknown[] = [];
    const { call, tokenOf } = await startPizza({
      parts: {
        throttle: (_call, { caller, resourceInfo }) => {
          seen.push([caller.applicationId, caller.tier, caller.stopOnQuotaReach, resourceInfo.throttlingTier]);
          return undefined;
        },
      },
    });
    await call(tokenOf());

    expect(seen).toEqual([['7', 'Bronze', false, '10KPerMin']]);
  });

  it('that expired is 900903, and invalid from then on', async () => {
    const { call, tokenOf, pass } = await startPizza();
    const token = tokenOf();
    expect(await call(token)).toBe(200);
    pass(3_600_000);

    expect(await call(token)).toBe('401 900903');
    expect(await call(token)).toBe('401 900901');
  });

  it('without the subscription is 900908', async () => {
    const { call, tokenOf } = await startPizza();

    expect(await call(tokenOf({ subscribedAPIs: [] }))).toBe('403 900908');
  });

  it('needs a scope of the resource', async () => {
    const { call, tokenOf } = await startPizza();

    expect(await call(tokenOf(), 'POST')).toBe('403 900910');
    expect(await call(tokenOf({ scope: 'default write' }), 'POST')).toBe(200);
  });

  it('is asked for its scopes at a resource once, until its entry is too old or it is revoked', async () => {
    const { call, tokenOf, artifacts, pass } = await startPizza();
    const token = tokenOf();
    expect(await call(token)).toBe(200);
    const get = { 'x-auth-type': 'Any', security: [{ default: ['read'] }] };
    const value = JSON.stringify({ paths: { '/menu': { get } } });
    await artifacts.localEntries.deploy(writeLocalEntry({ name: UUID, value }));

    expect(await call(token)).toBe(200);
    expect(await call(tokenOf({ jti: 'another' }))).toBe('403 900910');
    pass(900_000);
    expect(await call(token)).toBe('403 900910');
  });

  it('that is cached lends its signature to no other claims', async () => {
    const { call, tokenOf } = await startPizza();
    const token = tokenOf();
    expect(await call(token)).toBe(200);
    const [header, , signature] = token.split('.');
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'mallory' })).toString('base64url');

    expect(await call(`${header}.${changed}.${signature}`)).toBe('401 900901');
    expect(await call(token)).toBe(200);
  });

  it('is not looked at for a resource that asks for none', async () => {
    const { call, tokenOf } = await startPizza();

    expect(await call(tokenOf({ subscribedAPIs: [] }), 'PUT')).toBe(200);
  });

  it('of a stranger, or tampered with, is 900901', async () => {
    const { call, tokenOf, signer } = await startPizza();
    const strange = signJwt({ ...signer, privateKey: strangeKey() }, { typ: 'JWT' }, CLAIMS);
    const [header, , signature] = tokenOf().split('.');
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'mallory' })).toString('base64url');

    expect(await call(strange)).toBe('401 900901');
    expect(await call(`${header}.${changed}.${signature}`)).toBe('401 900901');
    expect(await call('a.b.c')).toBe('401 900901');
  });

  it('that was revoked is 900901', async () => {
    const { call, tokenOf } = await startPizza({ parts: { isRevoked: () => true } });

    expect(await call(tokenOf())).toBe('401 900901');
  });

  it('at an API without a definition is 900911', async () => {
    const { call, tokenOf, artifacts } = await startPizza();
    await artifacts.localEntries.remove(UUID);

    expect(await call(tokenOf())).toBe('500 900911');
  });
});
