import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type JwtClaims, signerOf, signJwt } from '../../../../compose/wso2am/server/keymanager/issuers/sign-jwt.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { eventHubDouble } from '../subscription-data/event-hub-double.ts';
import { apiXml, defaultApiXml } from '../synapse/sample-artifacts.ts';
import {
  bearer,
  type GatewayOptions,
  START,
  startBackend,
  startGateway,
  strangeKey,
  useSharedKey,
} from './gateway-under-test.ts';

useSharedKey();

/** What the Key Manager says of a good token (wire.md 1.7); an hour is left of it. */
const INTROSPECTED = {
  active: true,
  scope: 'default',
  client_id: 'key',
  username: 'admin@carbon.super',
  token_type: 'Bearer',
  nbf: START / 1000,
  iat: START / 1000,
  exp: START / 1000 + 3600,
};

/** Claims of a token of 3.2.0 (wire.md 1.4). */
const CLAIMS = {
  sub: 'admin@carbon.super',
  aud: 'key',
  azp: 'key',
  iss: 'https://km.lab:9443/oauth2/token',
  iat: START / 1000,
  nbf: START / 1000,
  exp: START / 1000 + 3600,
  scope: 'default',
  jti: 'c0a1',
} satisfies JwtClaims;

/** The application has keys of another Key Manager. */
const MAPPED = { applicationId: 7, consumerKey: 'key', keyType: 'PRODUCTION', keyManager: 'Okta' };

/** A gateway of 3.2.0 with its memory loaded; the token `good` opens the sample API. */
const startPizza = async (tables: GatewayOptions['tables'] = {}) => {
  const hub = eventHubDouble();
  await hub.data.load();
  hub.asked.splice(0);
  const seen: unknown[] = [];
  const gateway = await startGateway({
    version: '3.2.0',
    tables,
    parts: {
      subscriptionData: hub.data,
      throttle: (_call, { caller, resourceInfo }) => {
        seen.push({ ...caller, resource: resourceInfo });
        return undefined;
      },
    },
  });
  const { artifacts, context, keyManager } = gateway;
  await artifacts.apis.deploy(apiXml({ resources: [['GET PUT POST', '/menu']] }));
  await startBackend(gateway);
  keyManager.introspected.set('good', INTROSPECTED);
  const signer = signerOf(context.primaryKey);
  const tokenOf = (changes: JwtClaims = {}): string =>
    signJwt(signer, { x5t: signer.thumbprint, kid: signer.keyId }, { ...CLAIMS, ...changes });
  const call = async (token: string | undefined, method = 'GET', path = '/pizzashack/1.0.0/menu') => {
    const headers = token === undefined ? {} : bearer(token);
    const answer = await fetch(gateway.url + path, { method, headers });
    const code = /<ams:code>(\d+)</.exec(await answer.text())?.[1];
    return code === undefined ? answer.status : `${answer.status} ${code}`;
  };
  const setState = (subscriptionState: string): void =>
    hub.data.store.subscriptions.put({
      subscriptionId: '11',
      policyId: 'Bronze',
      apiId: 3,
      appId: 7,
      subscriptionState,
    });
  return { ...gateway, hub, seen, signer, tokenOf, call, setState };
};

/** What throttling is told of the sample's subscriber, whichever token it calls with. */
const SUBSCRIBER = {
  apiName: 'PizzaShackAPI',
  apiPublisher: 'admin',
  apiTier: '',
  applicationId: '7',
  applicationName: 'app1',
  applicationTier: '10PerMin',
  consumerKey: 'key',
  endUserName: 'admin@carbon.super',
  spikeArrestLimit: 5,
  spikeArrestUnit: 'sec',
  stopOnQuotaReach: false,
  subscriber: 'admin',
  subscriberTenantDomain: 'carbon.super',
  tier: 'Bronze',
  type: 'PRODUCTION',
  resource: { throttlingTier: '10KPerMin', applicableLevel: 'userLevel' },
};

describe('an opaque token in 3.2.0', () => {
  it('is introspected by the Key Manager once, and the rest is in memory', async () => {
    const { call, keyManager, hub } = await startPizza();

    expect([await call('good'), await call('good')]).toEqual([200, 200]);
    expect(keyManager.asked).toEqual([`introspect good Basic ${Buffer.from('admin:admin').toString('base64')}`]);
    expect(hub.asked).toEqual([]);
  });

  it('is introspected once as well where the cache of Key Managers is on, and that of gateways off', async () => {
    const { call, keyManager } = await startPizza({
      'apim.cache.gateway_token': { enable: false },
      'apim.cache.km_token': { enable: true },
    });

    expect([await call('good'), await call('good')]).toEqual([200, 200]);
    expect(keyManager.asked).toHaveLength(1);
  });

  it('brings throttling what the memory says of its application', async () => {
    const { call, seen } = await startPizza();
    await call('good');

    expect(seen).toMatchObject([SUBSCRIBER]);
  });

  it('that is not active is 900901', async () => {
    const { call } = await startPizza();

    expect(await call('unknown')).toBe('401 900901');
  });

  it('costs 500 with 900900 while the Key Manager is away, but not where it is in the cache', async () => {
    const { call, keyManager, lines } = await startPizza();
    await call('good');
    keyManager.broken = true;

    expect(await call('other')).toBe('500 900900');
    expect(lines.some((line) => line.startsWith('ERROR Error while accessing backend services for API key'))).toBe(
      true,
    );
    expect(await call('good')).toBe(200);
  });

  it('opens the default version', async () => {
    const { call, artifacts } = await startPizza();
    await artifacts.apis.deploy(defaultApiXml('admin--PizzaShackAPI', '/pizzashack', '/pizzashack/1.0.0'));

    expect(await call('good', 'GET', '/pizzashack/menu')).toBe(200);
  });

  it('of a Key Manager that is switched off is 900912, which has no text of its own', async () => {
    const { call, hub } = await startPizza();
    hub.data.store.keyManagers.put({
      name: 'Resident Key Manager',
      type: 'default',
      enabled: false,
      configuration: {},
    });

    expect(await call('good')).toBe('401 900912');
  });
});

describe.each(['opaque', 'JWT'])('a call with an %s token in 3.2.0', (kind) => {
  const start = async () => {
    const pizza = await startPizza();
    return { ...pizza, token: kind === 'JWT' ? pizza.tokenOf() : 'good' };
  };

  it.each([
    ['BLOCKED', '401 900907'],
    ['PROD_ONLY_BLOCKED', '401 900907'],
    ['ON_HOLD', '401 900909'],
    ['REJECTED', '401 900909'],
    ['TIER_UPDATE_PENDING', 200],
  ])('through a subscription that is %s gets %s', async (state, answer) => {
    const { call, setState, token } = await start();
    setState(state);

    expect(await call(token)).toBe(answer);
  });

  it('through one that is blocked for production passes with a sandbox key', async () => {
    const { call, setState, hub, token } = await start();
    setState('PROD_ONLY_BLOCKED');
    hub.data.store.keyMappings.put({ applicationId: 7, consumerKey: 'key', keyType: 'SANDBOX', keyManager: '' });

    // The sample has no sandbox endpoint, which is a matter of mediation.
    expect(await call(token)).toBe(403);
  });

  it('without a subscription is 900908, after the event hub was asked', async () => {
    const { call, hub, token } = await start();
    hub.lists['/subscriptions'] = [];
    hub.data.store.subscriptions.remove('7:3');

    expect(await call(token)).toBe('403 900908');
    expect(hub.asked).toEqual(['/subscriptions?apiId=3&appId=7']);
  });

  it('of an application that is new to the gateway passes', async () => {
    const { call, hub, token } = await start();
    hub.data.store.subscriptions.remove('7:3');
    hub.data.store.keyMappings.remove('key');
    hub.data.store.applications.remove('7');

    expect(await call(token)).toBe(200);
  });

  it('is 900908 where the memory lacks the subscription and the event hub is away', async () => {
    const { call, hub, token } = await start();
    hub.data.store.subscriptions.remove('7:3');
    hub.away = true;

    expect(await call(token)).toBe('403 900908');
  });

  it('needs a scope of the resource', async () => {
    const { call, token } = await start();

    expect(await call(token, 'POST')).toBe('403 900910');
  });

  it('is not looked at for a resource that asks for none', async () => {
    const { call, setState, token } = await start();
    setState('BLOCKED');

    expect(await call(token, 'PUT')).toBe(200);
  });
});

describe('a JWT in 3.2.0', () => {
  it('opens what its application is subscribed to, and nobody is asked', async () => {
    const { call, tokenOf, seen, keyManager, hub } = await startPizza();

    expect(await call(tokenOf())).toBe(200);
    expect(seen).toMatchObject([SUBSCRIBER]);
    expect([keyManager.asked, hub.asked]).toEqual([[], []]);
  });

  it('hears at once of a subscription that is blocked', async () => {
    const { call, tokenOf, setState } = await startPizza();
    const token = tokenOf();
    expect(await call(token)).toBe(200);
    setState('BLOCKED');

    expect(await call(token)).toBe('401 900907');
  });

  it('with the scope opens the resource that wants it', async () => {
    const { call, tokenOf } = await startPizza();

    expect(await call(tokenOf({ scope: 'default write' }), 'POST')).toBe(200);
  });

  it('that expired is 900903, and invalid from then on', async () => {
    const { call, tokenOf, pass } = await startPizza();
    const token = tokenOf();
    pass(3_600_000);

    expect(await call(token)).toBe('401 900903');
    expect(await call(token)).toBe('401 900901');
  });

  it('of a stranger is 900901', async () => {
    const { call, signer } = await startPizza();

    expect(await call(signJwt({ ...signer, privateKey: strangeKey() }, {}, CLAIMS))).toBe('401 900901');
  });

  it('of another issuer needs the key of that Key Manager, by its JWKS', async () => {
    const { call, signer, tokenOf, hub } = await startPizza();
    const foreign = strangeKey();
    const jwk = createPublicKey(foreign).export({ format: 'jwk' });
    const jwks = createServer((_incoming, response) => void response.end(JSON.stringify({ keys: [jwk] })));
    const url = `http://127.0.0.1:${await listenOnLoopback(jwks)}/jwks`;
    const issuer = 'https://okta.lab';
    hub.data.store.keyManagers.put({
      name: 'Okta',
      type: 'Okta',
      enabled: true,
      configuration: { issuer, certificate_type: 'JWKS', certificate_value: url },
    });

    const token = signJwt({ ...signer, privateKey: foreign }, {}, { ...CLAIMS, iss: issuer });
    expect(await call(token), 'a client of the resident Key Manager').toBe('403 900908');
    hub.data.store.keyMappings.put(MAPPED);
    expect(await call(token)).toBe(200);
    expect(await call(tokenOf({ iss: issuer }))).toBe('401 900901');
  });

  it('with a key that the JWKS got meanwhile is verified, for it is read again; else it is kept', async () => {
    const { call, signer, hub } = await startPizza();
    const issuer = 'https://rotating.lab';
    const [before, after] = [strangeKey(), strangeKey()];
    const published: object[] = [{ ...createPublicKey(before).export({ format: 'jwk' }), kid: 'before' }];
    let reads = 0;
    const jwks = createServer((_incoming, response) => {
      reads += 1;
      response.end(JSON.stringify({ keys: published }));
    });
    const url = `http://127.0.0.1:${await listenOnLoopback(jwks)}/jwks`;
    const configuration = { issuer, certificate_type: 'JWKS', certificate_value: url };
    hub.data.store.keyManagers.put({ name: 'Rotating', type: 'Okta', enabled: true, configuration });
    hub.data.store.keyMappings.put({ ...MAPPED, keyManager: 'Rotating' });
    const signedBy = (privateKey: typeof before, kid: string) =>
      call(signJwt({ ...signer, privateKey }, { kid }, { ...CLAIMS, iss: issuer }));

    expect([await signedBy(before, 'before'), await signedBy(before, 'before'), reads]).toEqual([200, 200, 1]);
    expect([await signedBy(after, 'after'), reads]).toEqual(['401 900901', 2]);
    published.push({ ...createPublicKey(after).export({ format: 'jwk' }), kid: 'later' });
    expect([await signedBy(after, 'later'), await signedBy(before, 'before'), reads]).toEqual([200, 200, 3]);
    expect(await signedBy(after, 'before')).toBe('401 900901');
  });

  it('names client and scopes in the claims that its Key Manager says', async () => {
    const { call, tokenOf, hub } = await startPizza();
    const claims = { consumer_key_claim: 'client', scopes_claim: 'scp' };
    hub.data.store.keyManagers.put({
      name: 'Okta',
      type: 'Okta',
      enabled: true,
      configuration: { issuer: CLAIMS.iss, ...claims },
    });
    hub.data.store.keyMappings.put(MAPPED);

    expect(await call(tokenOf())).toBe('403 900908');
    expect(await call(tokenOf({ azp: 'nobody', client: 'key' }))).toBe(200);
    expect(await call(tokenOf({ client: 'key', scope: 'write' }), 'POST')).toBe('403 900910');
    expect(await call(tokenOf({ client: 'key', scp: ['default', 'write'] }), 'POST')).toBe(200);
  });

  it('of a Key Manager that is switched off is 900912', async () => {
    const { call, tokenOf, hub } = await startPizza();
    hub.data.store.keyManagers.put({
      name: 'Okta',
      type: 'Okta',
      enabled: false,
      configuration: { issuer: CLAIMS.iss },
    });

    expect(await call(tokenOf())).toBe('401 900912');
  });

  it('that was revoked is 900901', async () => {
    const hub = eventHubDouble();
    const gateway = await startGateway({
      version: '3.2.0',
      parts: { subscriptionData: hub.data, isRevoked: () => true },
    });
    await gateway.artifacts.apis.deploy(apiXml());
    const token = signJwt(signerOf(gateway.context.primaryKey), {}, CLAIMS);

    expect((await fetch(`${gateway.url}/pizzashack/1.0.0/menu`, { headers: bearer(token) })).status).toBe(401);
  });
});

describe('resources in 3.2.0', () => {
  it('are those of the memory, as it is now', async () => {
    const { call, hub } = await startPizza();
    expect(await call(undefined)).toBe('401 900902');
    const api = await hub.data.api('/pizzashack/1.0.0', '1.0.0');
    if (!api) throw new Error('the sample has no API');
    hub.data.store.apis.put({ ...api, urlMappings: api.urlMappings.map((each) => ({ ...each, authScheme: 'None' })) });
    expect(await call(undefined)).toBe(200);
    hub.data.store.apis.put({ ...api, urlMappings: [] });

    expect(await call('good')).toBe('403 900906');
  });
});
