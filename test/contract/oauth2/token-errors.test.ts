import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, newClient, requestToken } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, RequestParts } from './key-manager.ts';
import { rows } from './rows.ts';

const keyManagers = useKeyManagers();

let km: KeyManager;
let client: Client;
let credentialsOnly: Client;

beforeAll(async () => {
  km = keyManagers.km;
  client = await newClient(km);
  credentialsOnly = await newClient(km, { grantType: 'client_credentials', saasApp: false });
});

const CREDENTIALS = { grant_type: 'client_credentials' };
const PASSWORD = { grant_type: 'password', username: 'admin', password: 'admin' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };

type Refusal = readonly [status: number, error: string, description: string];

describe('a refused token request', () => {
  it.each<[string, () => RequestParts, Refusal]>([
    [
      'of an unknown client',
      () => ({ basic: ['nobody', 'x'], form: CREDENTIALS }),
      [401, 'invalid_client', 'A valid OAuth client could not be found for client_id: nobody'],
    ],
    [
      'of an unknown client with a name that could be markup',
      () => ({ basic: ['<b>', 'x'], form: CREDENTIALS }),
      [401, 'invalid_client', 'A valid OAuth client could not be found for client_id: &lt;b&gt;'],
    ],
    [
      'with the id in another case',
      () => ({ basic: [client.id.toLowerCase(), client.secret], form: CREDENTIALS }),
      [401, 'invalid_client', 'A valid OAuth client could not be found for client_id: {lower-case id}'],
    ],
    [
      'with a wrong secret',
      () => ({ basic: [client.id, 'wrong'], form: CREDENTIALS }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    [
      'with an empty secret',
      () => ({ basic: [client.id, ''], form: CREDENTIALS }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    [
      'with a wrong secret in the form',
      () => ({ form: { ...CREDENTIALS, client_id: client.id, client_secret: 'wrong' } }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    ['without credentials', () => ({ form: CREDENTIALS }), [401, 'invalid_client', 'Client Authentication failed.']],
    [
      'with a client id only',
      () => ({ form: { ...CREDENTIALS, client_id: client.id } }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    [
      'with a malformed header',
      () => ({ headers: { Authorization: 'Basic !!!' }, form: CREDENTIALS }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    [
      'with credentials in header and form',
      () => ({ basic: client.basic, form: { ...CREDENTIALS, client_id: client.id, client_secret: client.secret } }),
      [400, 'invalid_request', 'Request body and headers contain authorization information'],
    ],
    [
      'with a wrong password',
      () => ({ basic: client.basic, form: { ...PASSWORD, password: 'wrong' } }),
      [400, 'invalid_grant', 'Authentication failed for admin'],
    ],
    [
      'with a wrong password for a user with tenant',
      () => ({ basic: client.basic, form: { ...PASSWORD, username: 'admin@carbon.super', password: 'wrong' } }),
      [400, 'invalid_grant', 'Authentication failed for admin'],
    ],
    [
      'for a user of an unknown tenant',
      () => ({ basic: client.basic, form: { ...PASSWORD, username: 'admin@elsewhere.com' } }),
      [400, 'invalid_grant', 'Invalid tenant domain : elsewhere.com'],
    ],
    [
      'with an unknown code',
      () => ({ basic: client.basic, form: { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://a' } }),
      [400, 'invalid_grant', 'Provided Authorization Grant is invalid'],
    ],
    [
      'with an unknown refresh token',
      () => ({ basic: client.basic, form: { grant_type: 'refresh_token', refresh_token: 'x' } }),
      [400, 'invalid_grant', 'Persisted access token data not found'],
    ],
    [
      'for a grant the client did not register',
      () => ({ basic: credentialsOnly.basic, form: PASSWORD }),
      [400, 'unauthorized_client', 'The authenticated client is not authorized to use this authorization grant type'],
    ],
    [
      'for an unknown grant',
      () => ({ basic: client.basic, form: { grant_type: 'telepathy' } }),
      [400, 'unsupported_grant_type', 'Unsupported grant type : telepathy, is used.'],
    ],
    [
      'for a grant that the simulator does not have',
      () => ({ basic: client.basic, form: { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer' } }),
      [501, 'server_error', 'The grant type urn:ietf:params:oauth:grant-type:saml2-bearer is not simulated'],
    ],
    [
      'with more scopes than can be kept',
      () => ({ basic: client.basic, form: { ...CREDENTIALS, scope: 'device_x '.repeat(250) } }),
      [400, 'invalid_scope', 'Invalid Scope!'],
    ],
    [
      'without a grant',
      () => ({ basic: client.basic, form: { scope: 'x' } }),
      [400, 'invalid_request', 'Missing grant_type parameter value'],
    ],
    [
      'with an empty grant',
      () => ({ basic: client.basic, form: { grant_type: '' } }),
      [400, 'invalid_request', 'Missing grant_type parameter value'],
    ],
    [
      'without what the grant needs',
      () => ({ basic: client.basic, form: { grant_type: 'password', username: '' } }),
      [400, 'invalid_request', 'Missing parameters: username password'],
    ],
    [
      'with a repeated parameter',
      () => ({ basic: client.basic, headers: FORM_TYPE, body: 'grant_type=client_credentials&scope=a&scope=b' }),
      [400, 'invalid_request', 'Invalid request with repeated parameters.'],
    ],
    ...['0', '1.5', 'soon', '99999999999999999999', '9007199254740991'].map(
      (period): [string, () => RequestParts, Refusal] => [
        `for a validity of ${period}`,
        () => ({ basic: client.basic, form: { ...CREDENTIALS, validity_period: period } }),
        [400, 'invalid_request', 'Malformed validity_period parameter value'],
      ],
    ),
  ])('%s says what was wrong', async (_, request, [status, error, description]) => {
    const reply = await km.request('/oauth2/token', request());
    expect({ status: reply.status, text: reply.text }).toEqual({
      status,
      text: JSON.stringify({
        error_description: description.replace('{lower-case id}', client.id.toLowerCase()),
        error,
      }),
    });
    expect(reply.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm=localhost' : null);
  });

  it('for a user of another tenant names the tenant, where the client is for its own tenant only', async () => {
    const own = await newClient(km, { saasApp: false });
    const reply = await requestToken(km, own, { ...PASSWORD, username: 'admin@elsewhere.com' });
    expect(reply.json().error_description).toMatch(/^Users in the tenant domain : elsewhere\.com do not have access/);
  });

  it('of a client that was switched off', async () => {
    const own = await newClient(km);
    await rows(km, `UPDATE IDN_OAUTH_CONSUMER_APPS SET APP_STATE = 'REVOKED' WHERE CONSUMER_KEY = ?`, [own.id]);
    const reply = await requestToken(km, own, CREDENTIALS);
    expect({ status: reply.status, body: reply.json() }).toEqual({
      status: 401,
      body: { error_description: 'Oauth application is not in active state', error: 'invalid_client' },
    });
  });

  it('in another format than a form is 415', async () => {
    const request = { basic: client.basic, headers: { 'Content-Type': 'application/json' }, body: '{}' };
    expect((await km.request('/oauth2/token', request)).status).toBe(415);
  });

  it('with another method is 405', async () => {
    const reply = await km.request('/oauth2/token', { basic: client.basic });
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('while the database is away is 502, and the log says why', async () => {
    const node = await keyManagers.start();
    await node.context.databases.apim?.close();
    const reply = await requestToken(node, client, CREDENTIALS);
    expect({ status: reply.status, body: reply.json() }).toEqual({
      status: 502,
      body: { error_description: 'Service Unavailable Error.', error: 'server_error' },
    });
    expect(node.complaints).toEqual([expect.stringContaining('POST /oauth2/token failed')]);
  });

  it('over an unforeseen failure is 500 without its cause', async () => {
    const node = await keyManagers.start();
    await rows(km, `UPDATE IDN_OAUTH_CONSUMER_APPS SET USERNAME = NULL WHERE CONSUMER_KEY = ?`, [credentialsOnly.id]);
    const reply = await requestToken(node, credentialsOnly, CREDENTIALS);
    await rows(km, `UPDATE IDN_OAUTH_CONSUMER_APPS SET USERNAME = 'admin' WHERE CONSUMER_KEY = ?`, [
      credentialsOnly.id,
    ]);
    expect({ status: reply.status, text: reply.text }).toEqual({
      status: 500,
      text: '{"error_description":"Internal Server Error.","error":"server_error"}',
    });
  });
});
