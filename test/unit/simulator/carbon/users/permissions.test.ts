import { describe, expect, it } from 'vitest';
import { hasPermission, mayLogIn, PERMISSIONS } from '../../../../../compose/wso2am/server/carbon/users/permissions.ts';

const userWith = (...roles: readonly string[]) => ({ name: 'bob', roles });

describe('permissions', () => {
  it('are all held by the admin role', () => {
    for (const permission of Object.values(PERMISSIONS))
      expect(hasPermission(userWith('admin'), permission)).toBe(true);
  });

  it.each([
    ['Internal/creator', 'createApi'],
    ['Internal/publisher', 'publishApi'],
    ['Internal/subscriber', 'subscribeApi'],
  ] as const)('of %s are logging in and %s only', (role, own) => {
    const held = Object.entries(PERMISSIONS).filter(([, permission]) => hasPermission(userWith(role), permission));

    expect(held.map(([name]) => name)).toEqual(['logIn', own]);
  });

  it('do not come with everybody or an unknown role', () => {
    expect(mayLogIn(userWith('Internal/everyone', 'toString', 'administrator'))).toBe(false);
  });
});
