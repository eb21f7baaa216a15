import { describe, expect, it } from 'vitest';
import { registrationProfile } from '../../../../compose/wso2am/server/keymanager/registration-profile.ts';

const profile = { clientName: 'app', owner: 'admin' };

describe('a registration', () => {
  it('needs a name and an owner only', () => {
    expect(registrationProfile.parse(profile)).toEqual(profile);
  });

  it('may have null for what it leaves out, and fields that nobody knows', () => {
    const nulls = { callbackUrl: null, grantType: null, saasApp: null, tokenType: null };
    expect(registrationProfile.parse({ ...profile, ...nulls, tokenScope: 'Production' })).toEqual({
      ...profile,
      ...nulls,
    });
  });

  it('drops blanks around the name', () => {
    expect(registrationProfile.parse({ ...profile, clientName: ' app ' }).clientName).toBe('app');
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a blank name', { clientName: ' ' }],
    ['a name of control characters', { clientName: 'a\u0000b' }],
    ['a name that latin1 lacks', { clientName: '\u20ac' }],
    ["a name of controls that MySQL's latin1 lacks", { clientName: '\u0085' }],
    ['a name longer than its column', { clientName: 'a'.repeat(256) }],
    ['no owner', { owner: '' }],
    ['a callback with a blank', { callbackUrl: 'https://a b' }],
    ['a callback beyond ASCII', { callbackUrl: 'https://\u00e4' }],
    ['a callback longer than its column', { callbackUrl: 'a'.repeat(2049) }],
    ['a text for a flag', { saasApp: 'true' }],
    ['grants longer than their column', { grantType: 'a'.repeat(1025) }],
  ])('cannot have %s', (_, changes) => {
    expect(registrationProfile.safeParse({ ...profile, ...changes }).success).toBe(false);
  });
});
