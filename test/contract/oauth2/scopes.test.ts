import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { type Client, clientCredentials, newClient, uniqueName, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager } from './key-manager.ts';
import { addApiScope, addApplication, addSubscription, addUser } from './rows.ts';

const keyManagers = useKeyManagers();

/** One user for each hybrid role, named after it; `plain` has none. */
const USERS = ['creator', 'publisher', 'subscriber', 'plain'];

beforeAll(async () => {
  for (const name of USERS) await addUser(keyManagers.km, name, name === 'plain' ? [] : [name]);
});

describe.each(VERSIONS)('scopes in %s', (version) => {
  let km: KeyManager;
  let client: Client;

  beforeAll(async () => {
    km = await keyManagers.start({ version });
    client = await newClient(km);
  });

  const scopesFor = async (username: string, scope: string): Promise<string> =>
    (await withPassword(km, client, { username, password: username === 'admin' ? 'admin' : 'secret', scope })).scope;

  const ALL = 'apim:api_view apim:api_create apim:api_publish apim:subscribe apim:tier_manage';

  it.each<[string, string, string, string]>([
    ['the admin', 'admin', ALL, 'apim:api_create apim:api_publish apim:api_view apim:subscribe apim:tier_manage'],
    ['a creator', 'creator', ALL, 'apim:api_create apim:api_view'],
    ['a publisher', 'publisher', ALL, 'apim:api_publish apim:api_view'],
    ['a subscriber', 'subscriber', ALL, 'apim:subscribe'],
    ['a user without roles', 'plain', ALL, 'default'],
    ['nobody who asks for nothing', 'admin', '', 'default'],
    ['nobody who asks for what there is not', 'admin', 'no:such_scope', 'default'],
    ['everybody who asks for OpenID', 'plain', 'openid', 'openid'],
    ['everybody who asks for a device', 'plain', 'device_1 mydevice_1', 'device_1'],
    ['nobody, whose scope is no text for a scope', 'plain', 'device_"1" device_\u00e4', 'default'],
    ['nobody, whose scope is longer than its column', 'plain', `device_${'x'.repeat(249)}`, 'default'],
    [
      'whoever asks in several blanks, once and in order',
      'admin',
      'openid  apim:api_view openid',
      'apim:api_view openid',
    ],
  ])('go to %s', async (_, username, requested, granted) => {
    expect(await scopesFor(username, requested)).toBe(granted);
  });

  it('of subscribed APIs go to users with one of their roles, or to all where they have none', async () => {
    const own = await newClient(km);
    const application = await addApplication(km, own, uniqueName(), 'OAUTH');
    const api = await addSubscription(km, application, uniqueName(), 'Bronze');
    const [bound, free] = [`${uniqueName()}_bound`, `${uniqueName()}_free`];
    await addApiScope(km, api, bound, 'Internal/creator,Internal/publisher');
    await addApiScope(km, api, free, '');
    const asked = { password: 'secret', scope: `${bound} ${free}` };
    const ofUser = async (username: string) => (await withPassword(km, own, { ...asked, username })).scope;

    expect(await ofUser('publisher')).toBe(`${bound} ${free}`);
    expect(await ofUser('plain')).toBe(free);
    expect(await scopesFor('creator', asked.scope)).toBe('default');
  });

  it('of the application itself come with client_credentials before 3.2.0', async () => {
    const expected = version === '3.2.0' ? 'apim:api_view' : 'am_application_scope apim:api_view';
    expect((await clientCredentials(km, client, { scope: 'apim:api_view' })).scope).toBe(expected);
    expect((await clientCredentials(km, client, { scope: 'am_application_scope' })).scope).toBe(
      version === '3.2.0' ? 'default' : 'am_application_scope default',
    );
  });
});

it('for everybody are those of deployment.toml', async () => {
  const km = await keyManagers.start({ tables: { 'apim.oauth_config': { white_listed_scopes: ['^lab_\\d+$'] } } });
  const client = await newClient(km);
  expect((await withPassword(km, client, { scope: 'lab_1 lab_x openid' })).scope).toBe('lab_1');
});
