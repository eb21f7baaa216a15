import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Version } from '../../../lab/product/versions.ts';
import { introspect, newClient, withPassword } from '../oauth2/clients.ts';
import { useKeyManagers } from '../oauth2/fixture.ts';
import type { KeyManager } from '../oauth2/key-manager.ts';
import { startUserServices, type UserServices } from './user-services.ts';

const fixture = useKeyManagers();

let services: UserServices;
beforeEach(async () => {
  services = await startUserServices(fixture.km);
  onTestFinished(services.stop);
});

let count = 0;

/** A user that no other test has. */
const newUser = async (roles: readonly string[] = [], to = services): Promise<string> => {
  count += 1;
  const userName = `user${count}`;
  const reply = await to.call('addUser', { userName, credential: 'secret1', roleList: roles });
  expect(reply).toEqual({ status: 202, returns: [], fault: undefined });
  to.changes.length = 0;
  return userName;
};

const isActive = async (km: KeyManager, token: string): Promise<unknown> => (await introspect(km, token)).active;

const tokenOf = async (km: KeyManager, username: string, password = 'secret1'): Promise<string> =>
  (await withPassword(km, await newClient(km), { username, password })).access_token;

describe('users', () => {
  it('are added with roles, are found, and may log in', async () => {
    count += 1;
    const userName = `user${count}`;
    expect((await services.call('isExistingUser', { userName })).returns).toEqual(['false']);
    await services.call('addUser', { userName, credential: 'secret1', roleList: ['Internal/creator', 'admin'] });

    expect((await services.call('isExistingUser', { userName })).returns).toEqual(['true']);
    expect((await services.call('getRoleListOfUser', { userName })).returns).toEqual([
      'admin',
      'Internal/everyone',
      'Internal/creator',
    ]);
    expect((await services.call('authenticate', { userName, credential: 'secret1' })).returns).toEqual(['true']);
    expect(
      (await services.call('listUsers', { filter: `${userName.slice(0, 5)}*`, maxItemLimit: '100' })).returns,
    ).toContain(userName);
    expect(services.changes).toEqual([{ change: 'added', users: [userName], tokens: [] }]);
  });

  it.each([
    ['of a name that is taken, in whatever case', { userName: 'ADMIN', credential: 'secret1' }, /already exists/],
    ['of a name that is too short', { userName: 'ab', credential: 'secret1' }, /not valid/],
    ['of a name with a blank', { userName: 'a b c', credential: 'secret1' }, /not valid/],
    ['with a password that is too short', { userName: 'newcomer', credential: 'abcd' }, /not valid/],
    [
      'with a role that is not there',
      { userName: 'newcomer', credential: 'secret1', roleList: ['none'] },
      /does not exist/,
    ],
    [
      "with everybody's role",
      { userName: 'newcomer', credential: 'secret1', roleList: ['Internal/everyone'] },
      /Everyone/,
    ],
  ])('%s are refused, and nobody hears of it', async (_case, values, reason) => {
    const reply = await services.call('addUser', values);

    expect(reply).toMatchObject({ status: 500, fault: expect.stringMatching(reason) });
    expect((await services.call('isExistingUser', { userName: 'newcomer' })).returns).toEqual(['false']);
    expect(services.changes).toEqual([]);
  });

  it('of one name are added once, even by two nodes at the same moment', async () => {
    const other = await startUserServices(await fixture.start());
    onTestFinished(other.stop);
    count += 1;
    const values = { userName: `user${count}`, credential: 'secret1', roleList: ['Internal/subscriber'] };
    const replies = await Promise.all([services.call('addUser', values), other.call('addUser', values)]);

    expect(replies.map(({ status }) => status).sort()).toEqual([202, 500]);
  });

  it('are listed by a filter whose other signs mean themselves', async () => {
    const name = await newUser();

    expect((await services.call('listUsers', { filter: name, maxItemLimit: '1' })).returns).toEqual([name]);
    expect((await services.call('listUsers', { filter: `${name.slice(0, -1)}_`, maxItemLimit: '1' })).returns).toEqual([
      '',
    ]);
    expect((await services.call('listUsers', { filter: '*', maxItemLimit: '2' })).returns).toHaveLength(2);
  });

  it('with claims are not simulated, and not half added', async () => {
    const values = { userName: 'claimant', credential: 'secret1', claims: 'http://wso2.org/claims/emailaddress' };

    expect((await services.call('addUser', values)).status).toBe(501);
    expect((await services.call('isExistingUser', { userName: 'claimant' })).returns).toEqual(['false']);
  });

  it('are managed by admins only', async () => {
    const name = await newUser(['Internal/creator']);
    const reply = await services.callAs(`${name}:secret1`, 'deleteUser', { userName: name });

    expect(reply.fault).toBe('Access Denied. Authorization failed');
  });
});

describe('a user who is deleted', () => {
  it('is gone with tokens and roles; gateways hear of the tokens, and nobody of a revocation', async () => {
    const { km } = fixture;
    const name = await newUser(['Internal/creator']);
    const tokens = [await tokenOf(km, name), await tokenOf(km, name)];
    const revoked = km.revoked.length;

    expect((await services.call('deleteUser', { userName: name.toUpperCase() })).status).toBe(202);

    expect((await services.call('isExistingUser', { userName: name })).returns).toEqual(['false']);
    expect(await Promise.all(tokens.map((token) => isActive(km, token)))).toEqual([false, false]);
    expect(services.changes).toEqual([{ change: 'deleted', users: [name], tokens: expect.arrayContaining(tokens) }]);
    expect(km.revoked).toHaveLength(revoked);
    await newUserCalled(name);
    expect((await services.call('getRoleListOfUser', { userName: name })).returns).toEqual(['Internal/everyone']);
  });

  const newUserCalled = (userName: string) => services.call('addUser', { userName, credential: 'secret1' });

  it('is never the super admin, nor one who is not there', async () => {
    expect((await services.call('deleteUser', { userName: 'admin@carbon.super' })).fault).toBe(
      'Cannot delete admin user',
    );
    expect((await services.call('deleteUser', { userName: 'nobody' })).fault).toMatch(/does not exist/);
    expect((await services.call('deleteUser', { userName: 'admin@other.tenant' })).fault).toMatch(/does not exist/);
    expect((await services.call('deleteUser', { userName: 'пользователь' })).fault).toMatch(/does not exist/);
    expect(services.changes).toEqual([]);
  });
});

describe('another password', () => {
  it('given by an admin ends the former one and all tokens, which gateways do not hear of', async () => {
    const { km } = fixture;
    const userName = await newUser();
    const token = await tokenOf(km, userName);
    await services.call('updateCredentialByAdmin', { userName, newCredential: 'secret2' });

    expect((await services.call('authenticate', { userName, credential: 'secret1' })).returns).toEqual(['false']);
    expect((await services.call('authenticate', { userName, credential: 'secret2' })).returns).toEqual(['true']);
    expect(await isActive(km, token)).toBe(false);
    expect(services.changes).toEqual([{ change: 'credential-changed', users: [userName], tokens: [] }]);
  });

  it('takes the former one, unless an admin gives it', async () => {
    const userName = await newUser();
    const change = (oldCredential: string) =>
      services.call('updateCredential', { userName, newCredential: 'secret2', oldCredential });

    expect((await change('wrong')).fault).toMatch(/does not match/);
    expect((await change('secret1')).status).toBe(202);
    expect((await services.call('authenticate', { userName, credential: 'secret2' })).returns).toEqual(['true']);
  });
});

describe('roles', () => {
  it('are given to a user and taken, and gateways hear of the tokens', async () => {
    const userName = await newUser(['Internal/creator']);
    const token = await tokenOf(fixture.km, userName);
    const reply = await services.call('updateRoleListOfUser', {
      userName,
      deletedRoles: ['Internal/creator'],
      newRoles: ['Internal/publisher', 'admin'],
    });

    expect(reply.status).toBe(202);
    expect((await services.call('getRoleListOfUser', { userName })).returns).toEqual([
      'admin',
      'Internal/everyone',
      'Internal/publisher',
    ]);
    expect(services.changes).toEqual([{ change: 'roles-changed', users: [userName], tokens: [token] }]);
  });

  it.each([
    ['3.0.0', true],
    ['3.1.0', false],
  ] as const)('that are lost leave the tokens of %s in use: %s', async (version: Version, active) => {
    const km = await fixture.start({ version });
    const own = await startUserServices(km);
    onTestFinished(own.stop);
    const userName = await newUser(['Internal/creator'], own);
    const token = await tokenOf(km, userName);
    await own.call('updateRoleListOfUser', { userName, newRoles: ['Internal/publisher'] });
    expect(await isActive(km, token)).toBe(true);
    await own.call('updateRoleListOfUser', { userName, deletedRoles: ['Internal/creator'] });

    expect(await isActive(km, token)).toBe(active);
  });

  it('get users and lose them, all or none of a call', async () => {
    const [first, second] = [await newUser(), await newUser(['Internal/creator'])];
    const change = (newUsers: readonly string[]) =>
      services.call('updateUserListOfRole', { roleName: 'Internal/creator', deletedUsers: [second], newUsers });

    expect((await change([first, 'nobody'])).fault).toMatch(/does not exist/);
    expect((await services.call('getRoleListOfUser', { userName: second })).returns).toContain('Internal/creator');
    expect(services.changes).toEqual([]);
    expect((await change([first])).status).toBe(202);
    const members = (await services.call('getUserListOfRole', { roleName: 'Internal/creator' })).returns;
    expect(members).toContain(first);
    expect(members).not.toContain(second);
    expect(services.changes).toEqual([{ change: 'roles-changed', users: [first, second], tokens: [] }]);
  });

  it('are made and removed, of both kinds', async () => {
    const userName = await newUser();
    for (const roleName of ['Internal/cooks', 'waiters']) {
      expect((await services.call('addRole', { roleName, userList: [userName] })).status).toBe(202);
      expect((await services.call('addRole', { roleName })).fault).toMatch(/Please pick another role name/);
    }
    expect((await services.call('getRoleNames')).returns).toEqual(
      expect.arrayContaining(['Internal/cooks', 'waiters']),
    );
    expect((await services.call('isExistingRole', { roleName: 'waiters' })).returns).toEqual(['true']);
    expect((await services.call('getRoleListOfUser', { userName })).returns).toEqual([
      'waiters',
      'Internal/everyone',
      'Internal/cooks',
    ]);
    for (const roleName of ['Internal/cooks', 'waiters']) await services.call('deleteRole', { roleName });
    expect((await services.call('getRoleListOfUser', { userName })).returns).toEqual(['Internal/everyone']);
  });

  it('of the super admin and of everybody stay', async () => {
    const take = { userName: 'admin', deletedRoles: ['admin'] };

    expect((await services.call('updateRoleListOfUser', take)).fault).toBe('Cannot remove Admin user from Admin role');
    expect((await services.call('deleteRole', { roleName: 'admin' })).fault).toBe('Cannot delete admin role');
    expect((await services.call('deleteRole', { roleName: 'Internal/everyone' })).fault).toBe(
      'Cannot delete everyone role',
    );
    expect((await services.call('addRole', { roleName: 'x' })).fault).toMatch(/not valid/);
    expect((await services.call('addRole', { roleName: 'cooks', permissions: '/permission/admin' })).status).toBe(501);
  });
});
