import { describe, expect, it } from 'vitest';
import { memoryUserStore } from '../../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';

const store = memoryUserStore({ username: 'Admin', password: 'secret' }, ['subscriber', 'creator']);

describe('the user store of a node without a shared database', () => {
  it('holds the super admin with all roles', async () => {
    expect(await store.find('admin@carbon.super')).toEqual({
      name: 'Admin',
      roles: ['admin', 'Internal/everyone', 'Internal/subscriber', 'Internal/creator'],
    });
  });

  it('tells the right password from a wrong one', async () => {
    expect(await store.authenticate('ADMIN', 'secret')).toMatchObject({ name: 'Admin' });
    expect(await store.authenticate('Admin', 'Secret')).toBeUndefined();
  });

  it('holds nobody else', async () => {
    expect(await store.find('bob')).toBeUndefined();
    expect(await store.authenticate('bob', 'secret')).toBeUndefined();
  });
});
