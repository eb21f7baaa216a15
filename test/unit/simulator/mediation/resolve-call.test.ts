import { describe, expect, it } from 'vitest';
import { apiXml, blockedApiXml, defaultApiXml } from '../synapse/sample-artifacts.ts';
import { bearer, type GatewayOptions, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { grantedInfo, resourceInfo } from './sample-info.ts';

useSharedKey();

const RESOURCES = [
  ['GET', '/menu'],
  ['POST DELETE', '/order/{id}'],
] as const;

/** The sample API with two resources, open to everybody unless said otherwise. */
const startPizza = async (api: Parameters<typeof apiXml>[0] = {}, options: GatewayOptions = {}) => {
  const gateway = await startGateway(options);
  await gateway.artifacts.apis.deploy(apiXml({ resources: RESOURCES, security: null, ...api }));
  await startBackend(gateway, (incoming, response) => void response.end(`${incoming.method} ${incoming.url}`));
  return { ...gateway, base: `${gateway.url}/pizzashack/1.0.0` };
};

const faultXml = (code: number, message: string, description: string): string =>
  `<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>${code}</am:code><am:type>Status report</am:type><am:message>${message}</am:message><am:description>${description}</am:description></am:fault>`;

describe('the way to a back end', () => {
  it('appends what follows the context to the endpoint, the query and encoded slashes included', async () => {
    const { base } = await startPizza();
    const answer = await fetch(`${base}/order/a%2Fb?x=%20y`, { method: 'POST' });

    expect(await answer.text()).toBe('POST /base/order/a%2Fb?x=%20y');
  });

  it('goes to the API with the longest context', async () => {
    const { url, artifacts } = await startPizza();
    await artifacts.apis.deploy(
      apiXml({ name: 'admin--Outer:v1', context: '/pizzashack', security: null, production: undefined }),
    );

    expect((await fetch(`${url}/pizzashack/1.0.0/menu`)).status).toBe(200);
    expect((await fetch(`${url}/pizzashack/menu`)).status).toBe(403);
  });

  it('of a default version is that of the version behind it', async () => {
    const { url, artifacts, keyManager } = await startPizza({ security: {} });
    await artifacts.apis.deploy(defaultApiXml('admin--PizzaShackAPI', '/pizzashack', '/pizzashack/1.0.0'));
    keyManager.tokens.set('good', grantedInfo());
    const answer = await fetch(`${url}/pizzashack/menu?a=1`, { headers: bearer('good') });

    expect(await answer.text()).toBe('GET /base/menu?a=1');
  });

  it('follows a deployment and a removal at once', async () => {
    const { base, artifacts } = await startPizza();
    await artifacts.apis.remove('admin--PizzaShackAPI:v1.0.0');

    expect((await fetch(`${base}/menu`)).status).toBe(404);
  });
});

describe('a call that fits nothing is answered before anybody is asked for credentials', () => {
  it('404 for a context without an API', async () => {
    const { url } = await startPizza({ security: {} });
    const answer = await fetch(`${url}/pizzashack/2.0.0/menu`);

    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe(faultXml(404, 'Not Found', 'The requested resource is not available.'));
  });

  it('404 for an unknown resource, in JSON for a JSON POST', async () => {
    const { base } = await startPizza({ security: {} });
    const text = 'No matching resource found for given API Request';
    const posted = await fetch(`${base}/nothing`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });

    expect(await (await fetch(`${base}/nothing`)).text()).toBe(faultXml(404, 'Runtime Error', text));
    expect(await posted.json()).toEqual({
      fault: { code: 404, type: 'Status report', message: 'Runtime Error', description: text },
    });
  });

  it('405 for a wrong verb', async () => {
    const { base } = await startPizza({ security: {} });
    const answer = await fetch(`${base}/menu`, { method: 'DELETE' });

    expect(answer.status).toBe(405);
    expect(await answer.text()).toBe(faultXml(405, 'Runtime Error', 'Method not allowed for given API resource'));
  });

  it('403 for a transport that the API is not on', async () => {
    const { base } = await startPizza({ transports: 'https' });
    const answer = await fetch(`${base}/menu`);

    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe(
      faultXml(403, 'Forbidden', 'Unsupported Transport [ http ]. The requested resource is not available.'),
    );
  });
});

describe('the kind of a key', () => {
  const callWith = async (type: string, api: Parameters<typeof apiXml>[0]) => {
    const { base, keyManager } = await startPizza({ security: {}, ...api });
    keyManager.tokens.set('t', grantedInfo({ type }));
    keyManager.resources.splice(0, 1, resourceInfo());
    return fetch(`${base}/menu`, { headers: bearer('t') });
  };

  it('production without a production endpoint is refused', async () => {
    const answer = await callWith('PRODUCTION', { production: undefined, sandbox: 's' });

    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe(
      faultXml(900901, 'Runtime Error', 'Production key offered to the API with no production endpoint'),
    );
  });

  it('sandbox without a sandbox endpoint is refused', async () => {
    expect(await (await callWith('SANDBOX', {})).text()).toContain('Sandbox key offered');
  });

  it('sandbox goes to the sandbox endpoint', async () => {
    expect(await (await callWith('SANDBOX', { sandbox: 'not-deployed' })).text()).toContain('not-deployed');
  });
});

it('an API that is blocked is 503 with 700700 to callers it knows, who come first', async () => {
  const { base, artifacts, keyManager } = await startPizza();
  await artifacts.apis.deploy(blockedApiXml());
  keyManager.tokens.set('good', grantedInfo());
  const answer = await fetch(`${base}/menu`, { headers: bearer('good') });

  expect((await fetch(`${base}/menu`)).status).toBe(401);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('<am:code>700700</am:code>');
});

describe('CORS', () => {
  const preflight = (base: string, path: string, method?: string, origin = 'https://app.lab') =>
    fetch(`${base}${path}`, {
      method: 'OPTIONS',
      headers: { Origin: origin, ...(method === undefined ? {} : { 'Access-Control-Request-Method': method }) },
    });
  const corsOf = ({ headers }: Response) => ({
    origin: headers.get('access-control-allow-origin'),
    methods: headers.get('access-control-allow-methods'),
    headers: headers.get('access-control-allow-headers'),
    credentials: headers.get('access-control-allow-credentials'),
  });

  it('is answered by the gateway, without credentials and without the back end', async () => {
    const { base } = await startPizza({ security: {} });
    const answer = await preflight(base, '/order/7', 'POST');

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(corsOf(answer)).toEqual({
      origin: '*',
      methods: 'POST,DELETE',
      headers: 'authorization,Access-Control-Allow-Origin,Content-Type,SOAPAction',
      credentials: null,
    });
  });

  it('is 404 for an unknown resource, 405 for a verb it has not or none at all', async () => {
    const { base } = await startPizza();

    expect((await preflight(base, '/nothing', 'GET')).status).toBe(404);
    expect((await preflight(base, '/menu', 'POST')).status).toBe(405);
    expect((await preflight(base, '/menu')).status).toBe(405);
  });

  it('is the back end’s matter where the resource has OPTIONS itself', async () => {
    const { base } = await startPizza({ resources: [['GET OPTIONS', '/menu']] });

    expect(await (await preflight(base, '/menu', 'GET')).text()).toBe('OPTIONS /base/menu');
  });

  it('adds its headers to answers and faults alike', async () => {
    const { base } = await startPizza({ security: {} });

    expect(corsOf(await fetch(`${base}/menu`))).toMatchObject({ origin: '*', methods: 'GET' });
    expect(corsOf(await fetch(`${base}/nothing`))).toMatchObject({ origin: '*', methods: null });
  });

  it('leaves the headers of a back end alone', async () => {
    const gateway = await startGateway();
    await gateway.artifacts.apis.deploy(apiXml({ security: null }));
    await startBackend(gateway, (_incoming, response) => {
      response.setHeader('Access-Control-Allow-Origin', 'https://own.lab');
      response.end();
    });

    expect(corsOf(await fetch(`${gateway.url}/pizzashack/1.0.0/menu`))).toMatchObject({
      origin: 'https://own.lab',
      methods: 'GET',
    });
  });

  it.each([
    ['https://app.lab', 'https://app.lab'],
    ['https://a.b.wild.lab', 'https://a.b.wild.lab'],
    ['https://wild.lab', null],
    ['https://evil.lab', null],
  ])('with listed origins echoes %s as %s', async (origin, allowed) => {
    const cors = { allow_origins: 'https://app.lab,https://*.wild.lab', allow_credentials: true };
    const { base } = await startPizza({}, { tables: { 'apim.cors': cors } });
    const answer = corsOf(await preflight(base, '/menu', 'GET', origin));

    expect(answer.origin).toBe(allowed);
    expect(answer.credentials).toBe(allowed === null ? null : 'true');
  });

  it('follows what an API says itself', async () => {
    const { base } = await startPizza({ cors: { allowedOrigins: 'https://one.lab', allowHeaders: 'X-Own' } });

    expect(corsOf(await preflight(base, '/menu', 'GET', 'https://one.lab'))).toMatchObject({
      origin: 'https://one.lab',
      headers: 'X-Own',
    });
  });

  it('is nothing an API without the handler has', async () => {
    const { base } = await startPizza({ cors: null });
    const answer = await preflight(base, '/menu', 'GET');

    expect(answer.status).toBe(405);
    expect(corsOf(answer).origin).toBeNull();
  });
});
