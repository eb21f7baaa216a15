import { describe, expect, it } from 'vitest';
import { localUserName } from '../../../../../compose/wso2am/server/carbon/users/user-name.ts';

describe('the local part of a user name', () => {
  it.each([
    ['admin', 'admin'],
    ['admin@carbon.super', 'admin'],
    ['admin@CARBON.SUPER', 'admin'],
    ['PRIMARY/admin', 'admin'],
    ['primary/admin@carbon.super', 'admin'],
    ['bob@example.com@carbon.super', 'bob@example.com'],
  ])('of %s is %s', (given, expected) => {
    expect(localUserName(given)).toBe(expected);
  });

  it.each(['bob@example.com', 'LDAP/bob', '', '@carbon.super', 'PRIMARY/'])('does not exist for "%s"', (given) => {
    expect(localUserName(given)).toBeUndefined();
  });
});
