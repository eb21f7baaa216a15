import { describe, expect, it } from 'vitest';
import { OAuthError, oauthErrorAnswer } from '../../../../compose/wso2am/server/keymanager/oauth-error.ts';

describe('the answer of an OAuth2 error', () => {
  it('has the description first, as the product writes it', () => {
    const { status, headers, body } = oauthErrorAnswer(new OAuthError('invalidScope'), 'km.lab');
    expect({ status, headers, body }).toEqual({
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: '{"error_description":"Invalid Scope!","error":"invalid_scope"}',
    });
  });

  it('challenges a client that is not known', () => {
    const { status, headers } = oauthErrorAnswer(new OAuthError('clientAuthenticationFailed'), 'km.lab');
    expect([status, headers?.['WWW-Authenticate']]).toEqual([401, 'Basic realm=km.lab']);
  });

  it('quotes what it is about, escaped, and takes nothing in it for a pattern', () => {
    expect(new OAuthError('unsupportedGrantType', `<a>"$&'{}`).message).toBe(
      'Unsupported grant type : &lt;a&gt;&#34;$&amp;&#39;{}, is used.',
    );
  });
});
