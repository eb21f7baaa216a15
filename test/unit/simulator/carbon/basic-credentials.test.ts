import { describe, expect, it } from 'vitest';
import { basicCredentials } from '../../../../compose/wso2am/server/carbon/basic-credentials.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;

describe('Basic credentials', () => {
  it('split at the first colon, so that a password may hold more of them', () => {
    expect(basicCredentials(basic('admin@carbon.super:a:b'))).toEqual({
      username: 'admin@carbon.super',
      password: 'a:b',
    });
  });

  it('are read as UTF-8', () => {
    expect(basicCredentials(basic('jürgen:pässwörd€'))).toEqual({ username: 'jürgen', password: 'pässwörd€' });
  });

  it('take the scheme in any case, and an empty password', () => {
    expect(basicCredentials('bAsIc YWRtaW46')).toEqual({ username: 'admin', password: '' });
  });

  it.each([
    ['no header', undefined],
    ['another scheme', 'Bearer YWRtaW46YWRtaW4='],
    ['a scheme alone', 'Basic'],
    ['no Base64', 'Basic admin:admin'],
    ['no colon', basic('admin')],
    ['no user', basic(':admin')],
  ])('are undefined for %s', (_case, header) => {
    expect(basicCredentials(header)).toBeUndefined();
  });
});
