import { describe, expect, it } from 'vitest';
import { rawExchange } from '../raw-exchange.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { resourceInfo } from './sample-info.ts';

useSharedKey();

const startPizza = async () => {
  const gateway = await startGateway();
  await gateway.artifacts.apis.deploy(apiXml({ resources: [['GET POST', '/*']] }));
  const seen: string[] = [];
  await startBackend(gateway, (incoming, response) => {
    seen.push(incoming.url ?? '');
    response.end();
  });
  return { ...gateway, seen };
};

const API = '/pizzashack/1.0.0';

/** A request with everything its sender wants in its first line and headers. */
const get = (target: string, ...headers: readonly string[]): string =>
  `${[`GET ${target} HTTP/1.1`, 'Host: gw', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

describe('a hostile request', () => {
  it.each([
    ['a broken percent sequence', get(`${API}/%zz`), 401],
    ['dots towards another API', get(`${API}/../../admin`), 401],
    ['a target in absolute form', get(`http://elsewhere${API}/x`), 401],
    ['a target that is an asterisk', get('*'), 404],
    ['a context that only begins alike', get(`${API}x/menu`), 404],
    ['bytes beyond ASCII', get(`${API}/\u00ff\u00fe`), 400],
    ['two tokens in one header', get(`${API}/x`, 'Authorization: Bearer a b'), 401],
    ['a token that is a statement', get(`${API}/x`, "Authorization: Bearer '--"), 401],
    ['a JWT without a signature', get(`${API}/x`, 'Authorization: Bearer e30.e30.'), 500],
    ['a header with a forged line', get(`${API}/x`, 'activityID: a%0d%0ab'), 401],
    ['a method nobody knows', get(`${API}/x`).replace('GET', 'MKCOL'), 405],
    ['an Origin with a line of its own', get(`${API}/x`, 'Origin: null'), 401],
  ])('with %s gets a status, and does not reach the back end', async (_case, request, status) => {
    const gateway = await startPizza();
    gateway.keyManager.resources.splice(0, 1, resourceInfo({ uriTemplate: '/*' }));
    const reply = await rawExchange(gateway.port, request);

    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(reply).not.toMatch(/at .*\.ts:\d+/);
    expect(gateway.seen).toEqual([]);
  });

  it('leaves the gateway as it was', async () => {
    const gateway = await startPizza();
    await Promise.all(Array.from({ length: 50 }, (_, index) => rawExchange(gateway.port, get(`${API}/${index}`))));

    expect(await rawExchange(gateway.port, get('/nowhere'))).toMatch(/^HTTP\/1\.1 404 /);
  });
});
