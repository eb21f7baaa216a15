import { describe, expect, it } from 'vitest';
import { writeLocalEntry } from '../../../../compose/wso2am/server/synapse/local-entry.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { bearer, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { grantedInfo } from './sample-info.ts';

useSharedKey();

const UUID = '01234567-89ab-cdef-0123-456789abcdef';

const DEFINITION = {
  paths: {
    '/menu': {
      get: { 'x-throttling-tier': '10KPerMin' },
      put: { 'x-auth-type': 'None' },
      post: { security: [{ default: ['write'] }] },
      delete: { 'x-scope': 'clean' },
      patch: { security: [{ default: ['free'] }] },
    },
  },
  components: {
    securitySchemes: {
      default: {
        flows: { implicit: { 'x-scopes-bindings': { write: 'cook, Internal/Chef', clean: 'boss', free: '' } } },
      },
    },
  },
};

const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

const startPizza = async (
  security: Readonly<Record<string, string>> = {},
  options: Parameters<typeof startGateway>[0] = {},
) => {
  const gateway = await startGateway(options);
  const { artifacts, keyManager, url } = gateway;
  const api = { APISecurity: 'oauth2,basic_auth,oauth_basic_auth_api_key_mandatory', apiUUID: UUID, ...security };
  await artifacts.apis.deploy(apiXml({ security: api, resources: [['GET PUT POST DELETE PATCH', '/menu']] }));
  await artifacts.localEntries.deploy(writeLocalEntry({ name: UUID, value: JSON.stringify(DEFINITION) }));
  await startBackend(gateway, ({ headers }, response) => void response.end(headers.authorization ?? 'pizza'));
  keyManager.users.set('anna@carbon.super', { password: 'secret', roles: ['cook', 'Internal/subscriber'] });
  keyManager.users.set('bert@carbon.super', { password: 'secret', roles: ['Internal/chef'] });
  keyManager.users.set('carl@carbon.super', { password: 'se:cret', roles: ['oss'] });
  const call = async (headers: Readonly<Record<string, string>>, method = 'GET') => {
    const answer = await fetch(`${url}/pizzashack/1.0.0/menu`, { method, headers });
    const text = await answer.text();
    const code = /<ams:code>(\d+)</.exec(text)?.[1];
    return code === undefined ? `${answer.status} ${text}` : `${answer.status} ${code}`;
  };
  const askedOf = (operation: string) => keyManager.asked.filter((each) => each === operation).length;
  return { ...gateway, call, askedOf };
};

describe('a password', () => {
  it('opens the API, and stays at the gateway', async () => {
    const { call } = await startPizza();

    expect(await call(basic('anna', 'secret'))).toBe('200 pizza');
    expect(await call(basic('anna@carbon.super', 'secret'))).toBe('200 pizza');
    expect(await call(basic('carl', 'se:cret'))).toBe('200 pizza');
  });

  it('that is wrong, or of nobody, is 900901', async () => {
    const { call } = await startPizza();

    expect(await call(basic('anna', 'wrong'))).toBe('401 900901');
    expect(await call(basic('mallory', 'secret'))).toBe('401 900901');
    expect(await call({ Authorization: 'Basic !!!' })).toBe('401 900901');
    expect(await call({ Authorization: 'Basic' })).toBe('401 900901');
    expect(await call({})).toBe('401 900902');
  });

  it('is asked for once, right or wrong, while the caches keep it', async () => {
    const { call, askedOf, pass } = await startPizza();
    for (const password of ['secret', 'secret', 'wrong', 'wrong', 'secret']) await call(basic('anna', password));
    expect(askedOf('authenticate')).toBe(2);
    pass(900_000);
    await call(basic('anna', 'secret'));

    expect(askedOf('authenticate')).toBe(3);
  });

  it('is asked for each time where the caches are off', async () => {
    const { call, askedOf } = await startPizza({}, { tables: { 'apim.cache.gateway_token': { enable: false } } });
    for (const password of ['secret', 'secret', 'wrong']) await call(basic('anna', password));

    expect(askedOf('authenticate')).toBe(3);
  });

  it('is enough where no scope is asked for, or one that is bound to nobody', async () => {
    const { call, askedOf } = await startPizza();

    expect(await call(basic('carl', 'se:cret'))).toBe('200 pizza');
    expect(await call(basic('carl', 'se:cret'), 'PATCH')).toBe('200 pizza');
    expect(askedOf('getUserRoles')).toBe(0);
  });

  it('needs a role that a scope of the resource is bound to', async () => {
    const { call, askedOf } = await startPizza();

    expect(await call(basic('anna', 'secret'), 'POST')).toBe('200 pizza');
    expect(await call(basic('bert', 'secret'), 'POST')).toBe('200 pizza');
    expect(await call(basic('carl', 'se:cret'), 'POST')).toBe('403 900910');
    expect(await call(basic('carl', 'se:cret'), 'DELETE')).toBe('403 900910');
    expect(askedOf('getUserRoles')).toBe(4);
    await call(basic('anna', 'secret'), 'POST');
    expect(askedOf('getUserRoles')).toBe(4);
  });

  it('is not asked for by a resource that is open', async () => {
    const { call, askedOf } = await startPizza({ APISecurity: 'basic_auth' });

    expect(await call({}, 'PUT')).toBe('200 pizza');
    expect(askedOf('authenticate')).toBe(0);
  });

  it('throttles by the user, without a subscription', async () => {
    const seen: unknown[] = [];
    const throttle: ThrottlePart = (_call, { caller, resourceInfo }) => {
      const { applicationId, tier, endUserName, type, apiTier } = caller;
      seen.push([applicationId, tier, endUserName, type, apiTier, resourceInfo.throttlingTier]);
      return undefined;
    };
    const { call } = await startPizza({ APILevelPolicy: '50KPerMin' }, { parts: { throttle } });
    await call(basic('anna', 'secret'));

    const user = 'anna@carbon.super';
    expect(seen).toEqual([[user, 'Unauthenticated', user, 'PRODUCTION', '50KPerMin', '10KPerMin']]);
  });

  it('cannot be judged while the Key Manager is away, a token in the cache can', async () => {
    const { call, keyManager } = await startPizza();
    keyManager.tokens.set('good', grantedInfo());
    expect(await call(bearer('good'))).toBe('200 pizza');
    keyManager.broken = true;

    expect(await call(basic('anna', 'secret'))).toBe('500 900900');
    expect(await call(bearer('good'))).toBe('200 pizza');
  });

  it('counts for nothing at an API that takes tokens only', async () => {
    const { call } = await startPizza({ APISecurity: 'oauth2' });

    expect(await call(basic('anna', 'secret'))).toBe('401 900902');
  });

  it('at an API without a definition is 900911', async () => {
    const { call, artifacts } = await startPizza();
    await artifacts.localEntries.remove(UUID);

    expect(await call(basic('anna', 'secret'))).toBe('500 900911');
  });
});

type ThrottlePart = NonNullable<NonNullable<Parameters<typeof startGateway>[0]>['parts']>['throttle'];
