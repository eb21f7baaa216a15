import { beforeAll, describe, expect, it } from 'vitest';
import { BODY_LIMIT } from '../../../compose/wso2am/server/carbon/http-limits.ts';
import { CALLBACK, type Client, newClient, register, uniqueName } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, Reply } from './key-manager.ts';

const keyManagers = useKeyManagers();
let km: KeyManager;
let client: Client;

beforeAll(async () => {
  km = keyManagers.km;
  client = await newClient(km);
});

/** Values that no field expects; each is sent percent-encoded, so that all bytes arrive. */
const NASTY: Readonly<Record<string, string>> = {
  'SQL that ends a text': encodeURIComponent(`' OR '1'='1' -- `),
  'SQL with a second statement': encodeURIComponent(`x"; DROP TABLE IDN_OAUTH2_ACCESS_TOKEN; --`),
  'a wildcard': '%25',
  'a NUL byte': 'a%00b',
  'line breaks': 'a%0d%0aSet-Cookie%3A%20x%3D1',
  'bytes that are no UTF-8': '%ff%fe%c3',
  'control characters beyond ASCII': '%C2%80%C2%9F',
  'an emoji': '%F0%9F%98%80',
  'half a surrogate pair': '%ED%A0%80',
  markup: encodeURIComponent('<script>alert(1)</script>'),
  'a placeholder of the error texts': '%7B%7D%24%26',
  'a broken percent sequence': '%zz%',
  'a long text': 'a'.repeat(5_000),
  'a very long text': 'a'.repeat(200_000),
};

const JAVASCRIPT_FRAME = /\bat .*\.ts:\d+|node_modules|mysql2/;

let seenComplaints = 0;

/** Nothing of the inside shows, and nothing was unforeseen. */
const expectDecent = (reply: Reply): void => {
  const complaints = km.complaints.slice(seenComplaints);
  seenComplaints = km.complaints.length;
  expect(reply.status).toBeLessThan(500);
  expect(reply.text).not.toMatch(JAVASCRIPT_FRAME);
  expect(reply.headers.get('set-cookie')).toBeNull();
  expect(complaints.filter((line) => line.includes('failed'))).toEqual([]);
};

const post = (path: string, body: string, basic?: readonly [string, string]): Promise<Reply> =>
  km.request(path, {
    ...(basic && { basic }),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  });

/** Where a value can be put: `*` in the body of a form. */
const FORMS: readonly (readonly [path: string, body: string, by: 'client' | 'admin' | 'nobody'])[] = [
  ['/oauth2/token', 'grant_type=*', 'client'],
  ['/oauth2/token', 'grant_type=client_credentials&scope=*', 'client'],
  ['/oauth2/token', 'grant_type=client_credentials&scope=device_*', 'client'],
  ['/oauth2/token', 'grant_type=client_credentials&validity_period=*', 'client'],
  ['/oauth2/token', 'grant_type=client_credentials&client_id=*&client_secret=x', 'nobody'],
  ['/oauth2/token', 'grant_type=client_credentials&client_id=x&client_secret=*', 'nobody'],
  ['/oauth2/token', 'grant_type=password&username=*&password=x', 'client'],
  ['/oauth2/token', 'grant_type=password&username=admin&password=*', 'client'],
  ['/oauth2/token', 'grant_type=password&username=admin@*&password=x', 'client'],
  ['/oauth2/token', 'grant_type=refresh_token&refresh_token=*', 'client'],
  ['/oauth2/token', 'grant_type=authorization_code&code=*&redirect_uri=x', 'client'],
  ['/oauth2/token', 'grant_type=authorization_code&code=x&redirect_uri=*&code_verifier=*', 'client'],
  ['/oauth2/token', '*=x', 'client'],
  ['/oauth2/revoke', 'token=*', 'client'],
  ['/oauth2/revoke', 'token=x&token_type_hint=*', 'client'],
  ['/oauth2/introspect', 'token=*', 'admin'],
  ['/oauth2/introspect', 'token=a.*.c', 'admin'],
  ['/oauth2/userinfo', 'access_token=*', 'nobody'],
  ['/oauth2/authorize', 'client_id=*&redirect_uri=x&response_type=code', 'nobody'],
  ['/oauth2/authorize', `client_id={client}&redirect_uri=*&response_type=code`, 'nobody'],
  ['/oauth2/authorize', `client_id={client}&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=*`, 'nobody'],
  [
    '/oauth2/authorize',
    `client_id={client}&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code&state=*&nonce=*&scope=*`,
    'nobody',
  ],
  ['/oauth2/authorize', 'sessionDataKey=*', 'nobody'],
  ['/commonauth', 'sessionDataKey=*&username=x&password=x', 'nobody'],
];

describe.each(Object.entries(NASTY))('%s', (_, value) => {
  it.each(FORMS)('in %s %s by a %s gets a decent answer', async (path, body, by) => {
    const basic = { client: client.basic, admin: ['admin', 'admin'] as const, nobody: undefined }[by];
    expectDecent(
      await post(
        path,
        body.replace('{client}', client.id).replaceAll('*', () => value),
        basic,
      ),
    );
  });

  it.each(['clientName', 'owner', 'callbackUrl', 'grantType', 'tokenType'])(
    'as the %s of a registration is refused or registered',
    async (field) => {
      const text = new URLSearchParams(`x=${value}`).get('x') ?? '';
      const profile = { clientName: uniqueName(), owner: 'admin', grantType: 'password', callbackUrl: '' };
      const reply = await register(km, { ...profile, [field]: text });
      expectDecent(reply);
      expect([200, 400]).toContain(reply.status);
    },
  );

  it('in a Basic header is nobody', async () => {
    const text = (new URLSearchParams(`x=${value}`).get('x') ?? '').slice(0, 4_000);
    for (const basic of [
      [text, 'x'],
      ['admin', text],
    ] as const) {
      for (const path of ['/oauth2/token', '/oauth2/introspect', '/client-registration/v0.15/register']) {
        const reply = await post(path, 'grant_type=client_credentials&token=x', basic);
        expectDecent(reply);
        expect(reply.status).toBe(401);
      }
    }
  });

  it('from a log-in page changes nothing but the place the user is sent to', async () => {
    const query = `client_id=${client.id}&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code`;
    const location = (await km.request(`/oauth2/authorize?${query}`)).headers.get('location') ?? '';
    const key = new URL(location, 'https://here').searchParams.get('sessionDataKey') ?? '';
    for (const fields of [`username=${value}&password=x`, `username=admin&password=${value}`]) {
      const reply = await post('/commonauth', `sessionDataKey=${key}&${fields}`);
      expectDecent(reply);
      expect(reply.headers.get('location')).toContain('authFailure=true');
    }
  });
});

it.each(['/oauth2/token', '/oauth2/revoke', '/oauth2/introspect', '/oauth2/authorize', '/commonauth'])(
  'a body beyond the limit is 413 at %s',
  async (path) => {
    const reply = await post(path, `token=${'a'.repeat(BODY_LIMIT)}`, ['admin', 'admin']);
    expect(reply.status).toBe(413);
  },
);

it('a body beyond the limit is 413 at the registration', async () => {
  const reply = await km.request('/client-registration/v0.15/register', {
    basic: ['admin', 'admin'],
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ clientName: 'a'.repeat(BODY_LIMIT) }),
  });
  expect(reply.status).toBe(413);
});

it('leaves every table in its place', async () => {
  expect(
    (await km.request('/oauth2/token', { basic: client.basic, form: { grant_type: 'client_credentials' } })).status,
  ).toBe(200);
});
