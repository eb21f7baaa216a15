import { beforeAll, describe, expect, it } from 'vitest';
import { VERSION_FACTS, VERSIONS } from '../../../lab/product/versions.ts';
import { CALLBACK, newClient, register, uniqueName } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, RequestParts } from './key-manager.ts';
import { addUser, rows } from './rows.ts';

const keyManagers = useKeyManagers();
let km: KeyManager;

beforeAll(async () => {
  km = keyManagers.km;
  await addUser(km, 'carol', ['creator']);
  await addUser(km, 'nobody', []);
});

const PATH = VERSION_FACTS['3.0.0'].dcrPath;
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('dynamic client registration', () => {
  it.each(VERSIONS)('has the path of %s, and that one only', async (version) => {
    const node = await keyManagers.start({ version });
    const body = JSON.stringify({ clientName: uniqueName(), owner: 'admin', grantType: 'password' });
    const statusAt = async (path: string) => [
      path,
      (await node.request(path, { basic: ['admin', 'admin'], body, headers: JSON_TYPE })).status,
    ];
    const statuses = Object.fromEntries(
      await Promise.all(VERSIONS.map((each) => statusAt(VERSION_FACTS[each].dcrPath))),
    );
    expect(statuses).toEqual(
      Object.fromEntries(VERSIONS.map((each) => [VERSION_FACTS[each].dcrPath, each === version ? 200 : 404])),
    );
  });

  it('answers with credentials and what was registered', async () => {
    const clientName = uniqueName();
    const grantType = 'password refresh_token client_credentials';
    const reply = await register(km, { clientName, owner: 'admin', callbackUrl: CALLBACK, grantType, saasApp: true });
    expect(reply.status).toBe(200);
    expect(reply.json()).toEqual({
      clientId: expect.stringMatching(/^[A-Za-z0-9]{28}$/),
      clientName: `admin_${clientName}`,
      callBackURL: CALLBACK,
      clientSecret: expect.stringMatching(/^[A-Za-z0-9]{28}$/),
      isSaasApplication: true,
      appOwner: 'admin',
      jsonString: JSON.stringify({
        grant_types: grantType,
        redirect_uris: CALLBACK,
        client_name: `admin_${clientName}`,
      }),
      jsonAppAttribute: '{}',
      tokenType: null,
    });
  });

  it("keeps a client in the product's tables", async () => {
    const clientName = uniqueName();
    const client = await newClient(km, { clientName, grantType: 'password', callbackUrl: '' });
    const found = await rows(
      km,
      `SELECT s.APP_NAME, s.USERNAME, s.IS_SAAS_APP, i.PROP_NAME, i.PROP_VALUE, c.CONSUMER_SECRET, c.GRANT_TYPES, c.TENANT_ID,
         c.REFRESH_TOKEN_EXPIRE_TIME
       FROM SP_APP s JOIN SP_INBOUND_AUTH i ON i.APP_ID = s.ID JOIN IDN_OAUTH_CONSUMER_APPS c ON c.CONSUMER_KEY = i.INBOUND_AUTH_KEY
       WHERE c.CONSUMER_KEY = ?`,
      [client.id],
    );
    expect(found).toEqual([
      {
        APP_NAME: `admin_${clientName}`,
        USERNAME: 'admin',
        IS_SAAS_APP: '1',
        PROP_NAME: 'oauthConsumerSecret',
        PROP_VALUE: client.secret,
        CONSUMER_SECRET: client.secret,
        GRANT_TYPES: 'password',
        TENANT_ID: -1234,
        REFRESH_TOKEN_EXPIRE_TIME: '86400',
      },
    ]);
  });

  it('gives the same credentials to whoever registers the same name again, and changes nothing', async () => {
    const clientName = uniqueName();
    const first = await register(km, { clientName, owner: 'admin', grantType: 'password' });
    const again = await register(km, { clientName, owner: 'admin', grantType: 'client_credentials', saasApp: true });
    expect(again.json()).toEqual(first.json());
  });

  it('drops the grants that begin in a browser where no callback is given', async () => {
    const client = await newClient(km, { grantType: 'authorization_code implicit password', callbackUrl: '' });
    const [row] = await rows(km, 'SELECT GRANT_TYPES FROM IDN_OAUTH_CONSUMER_APPS WHERE CONSUMER_KEY = ?', [client.id]);
    expect(row).toEqual({ GRANT_TYPES: 'password' });
  });

  it('takes the owner with the super tenant for the same user', async () => {
    const clientName = uniqueName();
    const plain = await register(km, { clientName, owner: 'admin', grantType: 'password' });
    const qualified = await register(km, { clientName, owner: 'admin@carbon.super', grantType: 'password' });
    expect(qualified.json()).toEqual(plain.json());
  });

  it('lets a creator register, whose client then acts for the creator', async () => {
    const reply = await register(km, { clientName: uniqueName(), owner: 'carol', grantType: 'client_credentials' }, [
      'carol',
      'secret',
    ]);
    expect(reply.json()).toMatchObject({ appOwner: 'carol', clientName: expect.stringMatching(/^carol_/) });
  });

  it('makes one client of many requests at the same moment on two nodes', async () => {
    const other = await keyManagers.start();
    const profile = { clientName: uniqueName(), owner: 'admin', grantType: 'client_credentials' };
    const replies = await Promise.all(Array.from({ length: 16 }, (_, i) => register(i % 2 ? km : other, profile)));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
    expect(new Set(replies.map((reply) => reply.json().clientId)).size).toBe(1);
    expect(
      await rows(km, 'SELECT COUNT(*) AS N FROM IDN_OAUTH_CONSUMER_APPS WHERE APP_NAME = ?', [
        `admin_${profile.clientName}`,
      ]),
    ).toEqual([{ N: '1' }]);
    expect(km.complaints).toEqual([]);
  });

  it('does not give a client to another owner whose names come to the same text', async () => {
    await addUser(km, 'x', ['creator']);
    await addUser(km, 'x_y', ['creator']);
    await register(km, { clientName: 'z', owner: 'x_y', grantType: 'password' }, ['x_y', 'secret']);
    const reply = await register(km, { clientName: 'y_z', owner: 'x', grantType: 'password' }, ['x', 'secret']);
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('clientSecret');
  });
});

const fault = (code: number, message: string, description: unknown) => ({
  code,
  message,
  description,
  moreInfo: '',
  error: [],
});
const profile = { clientName: 'refused', owner: 'admin', grantType: 'password' };
const asAdmin = (body: string): RequestParts => ({ basic: ['admin', 'admin'], headers: JSON_TYPE, body });
const DISALLOWED = (field: string) => `One or more request body parameters contain disallowed values. (${field})`;

describe('a refused registration', () => {
  it.each<[string, RequestParts, ReturnType<typeof fault>]>([
    [
      'for another owner than the user',
      asAdmin(JSON.stringify({ ...profile, owner: 'y' })),
      fault(400, 'Bad Request', `Logged in user 'admin' and application owner 'y' should be same.`),
    ],
    [
      'by a user without a role for APIs',
      { basic: ['nobody', 'secret'], headers: JSON_TYPE, body: JSON.stringify({ ...profile, owner: 'nobody' }) },
      fault(403, 'Forbidden', 'You do not have enough privileges to create an OAuth app'),
    ],
    [
      'without credentials',
      { headers: JSON_TYPE, body: JSON.stringify(profile) },
      fault(401, '', 'Unauthenticated request'),
    ],
    [
      'with a wrong password',
      { basic: ['admin', 'wrong'], headers: JSON_TYPE, body: JSON.stringify(profile) },
      fault(401, '', 'Unauthenticated request'),
    ],
    [
      'with a malformed header',
      { headers: { ...JSON_TYPE, Authorization: 'Basic %%%' }, body: JSON.stringify(profile) },
      fault(401, '', 'Unauthenticated request'),
    ],
    ['with malformed JSON', asAdmin('{"clientName":'), fault(400, 'Bad Request', 'Malformed request body.')],
    ['with an empty body', asAdmin(''), fault(400, 'Bad Request', 'Malformed request body.')],
    [
      'with JSON that is no object',
      asAdmin('[]'),
      fault(400, 'Bad Request', expect.stringContaining('disallowed values')),
    ],
    [
      'without a name',
      asAdmin(JSON.stringify({ ...profile, clientName: undefined })),
      fault(400, 'Bad Request', DISALLOWED('clientName')),
    ],
    [
      'with a blank name',
      asAdmin(JSON.stringify({ ...profile, clientName: '  ' })),
      fault(400, 'Bad Request', DISALLOWED('clientName')),
    ],
    [
      'with a number for a name',
      asAdmin(JSON.stringify({ ...profile, clientName: 7 })),
      fault(400, 'Bad Request', DISALLOWED('clientName')),
    ],
    [
      'with a name that no column holds',
      asAdmin(JSON.stringify({ ...profile, clientName: 'n'.repeat(252) })),
      fault(400, 'Bad Request', expect.stringContaining('too long')),
    ],
    [
      'with a grant that the product does not have',
      asAdmin(JSON.stringify({ ...profile, grantType: 'password telepathy' })),
      fault(400, 'Bad Request', expect.stringContaining('telepathy not allowed')),
    ],
    [
      'with a callback that would break a header',
      asAdmin(JSON.stringify({ ...profile, callbackUrl: 'https://a/\r\nSet-Cookie: x' })),
      fault(400, 'Bad Request', DISALLOWED('callbackUrl')),
    ],
    [
      'in another format than JSON',
      { basic: ['admin', 'admin'], form: { clientName: 'x' } },
      fault(415, 'Unsupported Media Type', 'The entity of the request was in a not supported format'),
    ],
  ])('%s is answered in the form of the REST APIs', async (_, request, expected) => {
    const reply = await km.request(PATH, request);
    expect({ status: reply.status, body: reply.json() }).toEqual({ status: expected.code, body: expected });
    expect(reply.headers.get('content-type')).toBe('application/json');
  });

  it('is what DELETE gets, as in the product', async () => {
    const reply = await km.request(PATH, { method: 'DELETE', basic: ['admin', 'admin'] });
    expect(reply.status).toBe(500);
    expect(reply.text).toBe(`Dynamic Client Registration Service's resource deletion not implemented.`);
  });

  it('is 500 in the form of the REST APIs while the database is away', async () => {
    const node = await keyManagers.start();
    await node.context.databases.apim?.close();
    const reply = await register(node, { ...profile, clientName: uniqueName() });
    expect({ status: reply.status, body: reply.json() }).toEqual({
      status: 500,
      body: fault(500, 'Internal server error', 'Error occurred while trying to create the client application'),
    });
    expect(node.complaints).toHaveLength(1);
  });
});
