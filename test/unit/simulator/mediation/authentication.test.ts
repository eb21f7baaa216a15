import { describe, expect, it } from 'vitest';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { bearer, type GatewayUnderTest, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { grantedInfo, refusedInfo, resourceInfo } from './sample-info.ts';

useSharedKey();

/** A gateway that serves the sample API; the token `good` opens it. */
const startPizza = async (...options: Parameters<typeof startGateway>): Promise<GatewayUnderTest> => {
  const gateway = await startGateway(...options);
  await gateway.artifacts.apis.deploy(apiXml());
  await startBackend(gateway);
  gateway.keyManager.tokens.set('good', grantedInfo());
  return gateway;
};

const callMenu = ({ url }: GatewayUnderTest, headers: Readonly<Record<string, string>> = bearer('good')) =>
  fetch(`${url}/pizzashack/1.0.0/menu`, { headers });

const CHALLENGE =
  'OAuth2 realm="WSO2 API Manager", error="invalid_token", error_description="The access token expired"';

describe('a call with a token', () => {
  it('reaches the back end, without its authorization', async () => {
    const gateway = await startGateway();
    await gateway.artifacts.apis.deploy(apiXml());
    await startBackend(gateway, (incoming, response) => void response.end(JSON.stringify(incoming.headers)));
    gateway.keyManager.tokens.set('good', grantedInfo());
    const answer = await callMenu(gateway, { ...bearer('good'), activityID: 'abc-1', 'X-Own': 'kept' });
    const headers = await answer.json();

    expect(answer.status).toBe(200);
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).toMatchObject({ activityid: 'abc-1', 'x-own': 'kept' });
    expect(answer.headers.get('activityid')).toBe('abc-1');
  });

  it('keeps its authorization where the configuration lets it out', async () => {
    const gateway = await startGateway({ tables: { 'apim.oauth_config': { enable_outbound_auth_header: true } } });
    await gateway.artifacts.apis.deploy(apiXml());
    await startBackend(gateway, (incoming, response) => void response.end(incoming.headers.authorization));
    gateway.keyManager.tokens.set('good', grantedInfo());

    expect(await (await callMenu(gateway)).text()).toBe('Bearer good');
  });

  it('may carry it in a header that the API names', async () => {
    const gateway = await startPizza();
    await gateway.artifacts.apis.deploy(apiXml({ security: { AuthorizationHeader: 'X-Token' } }));

    expect((await callMenu(gateway, { 'X-Token': 'Bearer good' })).status).toBe(200);
    expect((await callMenu(gateway)).status).toBe(401);
  });
});

describe('a call without credentials', () => {
  it('gets 900902 in XML, with the constant challenge', async () => {
    const gateway = await startPizza();
    const answer = await callMenu(gateway, {});

    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=UTF-8');
    expect(answer.headers.get('www-authenticate')).toBe(CHALLENGE);
    expect(await answer.text()).toBe(
      `<ams:fault xmlns:ams="http://wso2.org/apimanager/security"><ams:code>900902</ams:code><ams:message>Missing Credentials</ams:message><ams:description>Invalid Credentials. Make sure your API invocation call has a header: 'Authorization : Bearer ACCESS_TOKEN' or 'Authorization : Basic ACCESS_TOKEN' or 'apikey: API_KEY'</ams:description></ams:fault>`,
    );
    expect(gateway.lines.at(-1)).toMatch(/^WARN API authentication failure due to Missing Credentials/);
  });

  it('names Basic in the challenge of an API that takes it', async () => {
    const gateway = await startPizza();
    await gateway.artifacts.apis.deploy(apiXml({ security: { APISecurity: 'oauth2,basic_auth' } }));

    expect((await callMenu(gateway, {})).headers.get('www-authenticate')).toBe(
      `${CHALLENGE}, Basic Auth realm="WSO2 API Manager"`,
    );
  });

  it.each([
    ['Basic', { Authorization: 'Basic YTpi' }],
    ['an API key', { apikey: 'x.y.z' }],
    ['an empty bearer', { Authorization: 'Bearer ' }],
  ])('is what %s counts as where the API does not take it', async (_case, headers) => {
    expect(await (await callMenu(await startPizza(), headers)).text()).toContain('<ams:code>900902</ams:code>');
  });

  it('of a resource that asks for none reaches the back end', async () => {
    const gateway = await startPizza();
    gateway.keyManager.resources.splice(0, 1, resourceInfo({ authType: 'None' }));

    expect((await callMenu(gateway, {})).status).toBe(200);
    expect(gateway.keyManager.asked).toEqual(['getAllURITemplates']);
  });

  it('of an API without the handler reaches the back end, and the Key Manager hears nothing', async () => {
    const gateway = await startPizza();
    await gateway.artifacts.apis.deploy(apiXml({ security: null }));

    expect((await callMenu(gateway, {})).status).toBe(200);
    expect(gateway.keyManager.asked).toEqual([]);
  });
});

describe('a token that the Key Manager refuses', () => {
  it.each([
    [900901, 401, 'Invalid Credentials', '. Make sure you have provided the correct security credentials'],
    [900905, 401, 'Incorrect Access Token Type is provided', ''],
    [900907, 401, 'The requested API is temporarily blocked', ''],
    [900908, 403, 'Resource forbidden ', ''],
    [900909, 401, 'The subscription to the API is inactive', ''],
    [900910, 403, 'The access token does not allow you to access the requested resource', ''],
    [0, 401, 'Unclassified Authentication Failure', ''],
  ])('with %i gets %i "%s"', async (code, status, message, advice) => {
    const gateway = await startPizza();
    gateway.keyManager.tokens.set('bad', refusedInfo(code));
    const answer = await callMenu(gateway, { ...bearer('bad'), Accept: 'application/json' });

    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      fault: {
        code,
        message,
        description: `Access failure for API: /pizzashack/1.0.0, version: 1.0.0 status: (${code}) - ${message}${advice}`,
      },
    });
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  });

  it('for a resource that it does not know is 900906', async () => {
    const gateway = await startPizza();
    gateway.keyManager.resources.splice(0);

    expect((await callMenu(gateway)).status).toBe(403);
  });

  it('is a SOAP fault for a SOAP request, in its version', async () => {
    const gateway = await startPizza();
    const old = await callMenu(gateway, { ...bearer('x'), 'Content-Type': 'text/xml; charset=UTF-8' });
    const recent = await callMenu(gateway, { ...bearer('x'), 'Content-Type': 'application/soap+xml' });

    expect(await old.text()).toContain('<faultcode>soapenv:Client</faultcode><faultstring>Authentication Failure<');
    expect(recent.headers.get('content-type')).toBe('application/soap+xml; charset=UTF-8');
    expect(await recent.text()).toContain('http://www.w3.org/2003/05/soap-envelope');
  });

  it.each([
    ['application/json', 'application/json; charset=UTF-8'],
    ['text/xml', 'text/xml; charset=UTF-8'],
    ['*/*', 'application/xml; charset=UTF-8'],
    ['application/json, text/plain', 'application/xml; charset=UTF-8'],
  ])('answers Accept: %s with %s', async (accept, contentType) => {
    const answer = await callMenu(await startPizza(), { Accept: accept });

    expect(answer.headers.get('content-type')).toBe(contentType);
  });
});

describe('a Key Manager that is away', () => {
  it('costs the caller 500 with 900900 in every call, asked once each time', async () => {
    const gateway = await startPizza();
    gateway.keyManager.broken = true;
    const answer = await callMenu(gateway);

    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain(
      '<ams:code>900900</ams:code><ams:message>Unclassified Authentication Failure</ams:message>',
    );
    expect(gateway.keyManager.asked).toHaveLength(1);
    expect(
      gateway.lines.some((line) =>
        line.startsWith('ERROR Error while accessing backend services for API key validation'),
      ),
    ).toBe(true);
  });

  it('is not noticed by tokens in the cache until their 900 s are over', async () => {
    const gateway = await startPizza();
    await callMenu(gateway);
    gateway.keyManager.broken = true;
    gateway.pass(899_000);
    expect((await callMenu(gateway)).status).toBe(200);
    gateway.pass(1_000);

    expect((await callMenu(gateway)).status).toBe(500);
  });
});

describe('throttling', () => {
  it('is asked after authentication, and may refuse', async () => {
    const seen: string[] = [];
    const gateway = await startPizza({
      parts: {
        throttle: (_call, { caller, resourceInfo: { throttlingTier } }) => {
          seen.push(`${caller.tier} ${throttlingTier}`);
          return { status: 429, body: 'slow down' };
        },
      },
    });

    expect((await callMenu(gateway, {})).status).toBe(401);
    expect((await callMenu(gateway)).status).toBe(429);
    expect(seen).toEqual(['Bronze Unlimited']);
  });
});
