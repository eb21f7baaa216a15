import { describe, expect, it } from 'vitest';
import {
  forgetResources,
  forgetToken,
  revokeCachedToken,
} from '../../../../compose/wso2am/server/mediation/caches/invalidate.ts';
import { apiXml, defaultApiXml } from '../synapse/sample-artifacts.ts';
import { bearer, type GatewayOptions, START, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { grantedInfo, refusedInfo } from './sample-info.ts';

useSharedKey();

const startPizza = async (options: GatewayOptions = {}) => {
  const gateway = await startGateway(options);
  await gateway.artifacts.apis.deploy(apiXml());
  await startBackend(gateway);
  const { tokens, asked } = gateway.keyManager;
  tokens.set('good', grantedInfo());
  const call = async (token: string): Promise<number> => {
    const answer = await fetch(`${gateway.url}/pizzashack/1.0.0/menu`, { headers: bearer(token) });
    await answer.arrayBuffer();
    return answer.status;
  };
  /** How often the Key Manager was asked for a token. */
  const validations = (): number => asked.filter((each) => each.startsWith('validateKey')).length;
  return { ...gateway, call, validations };
};

describe('the token and key caches', () => {
  it('ask the Key Manager once for a good token', async () => {
    const { call, validations } = await startPizza();

    expect([await call('good'), await call('good')]).toEqual([200, 200]);
    expect(validations()).toBe(1);
  });

  it.each([900905, 900907, 900908, 900909, 900910])(
    'keep the refusal %i like a success, past a later subscription',
    async (code) => {
      const { call, validations, keyManager, pass } = await startPizza();
      keyManager.tokens.set('early', refusedInfo(code));
      const first = await call('early');
      keyManager.tokens.set('early', grantedInfo({ issuedTime: START + 900_000 }));

      expect(await call('early')).toBe(first);
      expect(validations()).toBe(1);
      pass(900_000);
      expect(await call('early')).toBe(200);
    },
  );

  it('end a refusal with its token: from then on it is an invalid one', async () => {
    const { call, validations, keyManager, pass, caches } = await startPizza();
    keyManager.tokens.set('early', { ...refusedInfo(900908), validityPeriod: 60_000 });
    expect(await call('early')).toBe(403);
    pass(60_001);

    expect(await call('early')).toBe(401);
    expect(validations()).toBe(1);
    expect(caches.invalidTokens.get('early')).toBe('carbon.super');
  });

  it('put an unknown token among the invalid ones, which are refused unasked', async () => {
    const { call, validations, keyManager, caches } = await startPizza();
    expect(await call('late')).toBe(401);
    keyManager.tokens.set('late', grantedInfo());

    expect(await call('late')).toBe(401);
    expect(validations()).toBe(1);
    expect(caches.tokens.get('late')).toBeUndefined();
  });

  it('notice themselves that a token expires, and count it as invalid from then on', async () => {
    const { call, validations, keyManager, pass, caches } = await startPizza();
    keyManager.tokens.set('short', grantedInfo({ validityPeriod: 60_000 }));
    expect(await call('short')).toBe(200);
    pass(60_001);

    expect(await call('short')).toBe(401);
    expect(validations()).toBe(1);
    expect(caches.invalidTokens.get('short')).toBe('carbon.super');
  });

  it('keep a token that never expires', async () => {
    const { call, validations, keyManager, pass } = await startPizza();
    keyManager.tokens.set('ever', grantedInfo({ validityPeriod: Number.POSITIVE_INFINITY }));
    await call('ever');
    pass(899_999);

    expect(await call('ever')).toBe(200);
    expect(validations()).toBe(1);
  });

  it('are not prolonged by use', async () => {
    const { call, validations, pass } = await startPizza();
    await call('good');
    pass(600_000);
    await call('good');
    pass(300_000);
    await call('good');

    expect(validations()).toBe(2);
  });

  it('live as long as deployment.toml says', async () => {
    const { call, validations, pass } = await startPizza({
      tables: { 'apim.cache.gateway_token': { expiry_time: '10s' } },
    });
    await call('good');
    pass(10_000);
    await call('good');

    expect(validations()).toBe(2);
  });

  it('can be switched off', async () => {
    const { call, validations } = await startPizza({ tables: { 'apim.cache.gateway_token': { enable: false } } });
    await call('good');
    await call('good');

    expect(validations()).toBe(2);
  });

  it('ask again by the URL of the default version', async () => {
    const { url, artifacts, call, keyManager } = await startPizza();
    await artifacts.apis.deploy(defaultApiXml('admin--PizzaShackAPI', '/pizzashack', '/pizzashack/1.0.0'));
    await call('good');
    for (const _time of [1, 2])
      expect((await fetch(`${url}/pizzashack/menu`, { headers: bearer('good') })).status).toBe(200);

    expect(keyManager.asked.filter((each) => each.startsWith('validateKey'))).toHaveLength(2);
  });

  it('ask again for another resource of the API', async () => {
    const { url, artifacts, keyManager, validations } = await startPizza();
    await artifacts.apis.deploy(
      apiXml({
        resources: [
          ['GET', '/menu'],
          ['GET', '/{id}'],
        ],
      }),
    );
    keyManager.resources.push({
      ...(keyManager.resources[0] ?? {
        httpVerb: '',
        authType: '',
        throttlingTier: '',
        throttlingConditions: [],
        applicableLevel: '',
      }),
      uriTemplate: '/{id}',
    });
    for (const path of ['menu', 'x', 'y']) await fetch(`${url}/pizzashack/1.0.0/${path}`, { headers: bearer('good') });

    expect(validations()).toBe(2);
  });
});

describe('a revocation', () => {
  it('makes a cached token an invalid one', async () => {
    const { call, caches, validations } = await startPizza();
    await call('good');
    revokeCachedToken(caches, 'good');

    expect(await call('good')).toBe(401);
    expect(validations()).toBe(1);
  });

  it('of a token that is not cached leaves nothing: the Key Manager is asked', async () => {
    const { call, caches, keyManager, validations } = await startPizza();
    keyManager.tokens.delete('good');
    revokeCachedToken(caches, 'good');
    expect(caches.invalidTokens.size()).toBe(0);

    expect(await call('good')).toBe(401);
    expect(validations()).toBe(1);
  });

  it('is not what a replaced token gets: it is forgotten only', async () => {
    const { call, caches, validations } = await startPizza();
    await call('good');
    forgetToken(caches, 'good');

    expect(await call('good')).toBe(200);
    expect(validations()).toBe(2);
  });
});

describe('the resource cache', () => {
  const asksForResources = (asked: readonly string[]): number =>
    asked.filter((each) => each === 'getAllURITemplates').length;

  it('asks for the resources of an API once in 900 s', async () => {
    const { call, keyManager, pass } = await startPizza();
    await call('good');
    await call('other');
    expect(asksForResources(keyManager.asked)).toBe(1);
    pass(900_000);
    await call('good');

    expect(asksForResources(keyManager.asked)).toBe(2);
  });

  it('asks again for what was invalidated', async () => {
    const { call, keyManager, caches } = await startPizza();
    await call('good');
    forgetResources(caches, { context: '/pizzashack/1.0.0', version: '1.0.0' }, [{ template: '/menu', verb: 'GET' }]);
    await call('good');

    expect(asksForResources(keyManager.asked)).toBe(2);
  });

  it('can be switched off', async () => {
    const { call, keyManager } = await startPizza({ tables: { 'apim.cache.resource': { enable: false } } });
    await call('good');
    await call('good');

    expect(asksForResources(keyManager.asked)).toBe(2);
  });
});
