import { describe, expect, it } from 'vitest';
import {
  malformed,
  refusedHere,
  refusedToClient,
  withQuery,
} from '../../../../compose/wso2am/server/keymanager/login/authorization-refused.ts';

describe('an address with parameters', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['https://a/cb', { code: '1', state: 'x y&z' }, 'https://a/cb?code=1&state=x+y%26z'],
    ['https://a/cb?x=1', { code: '1', state: undefined }, 'https://a/cb?x=1&code=1'],
    ['/page', { text: 'a\r\nb ä 😀' }, '/page?text=a%0D%0Ab+%C3%A4+%F0%9F%98%80'],
  ])('of %s and %j is %s', (url, parameters, expected) => {
    expect(withQuery(url, parameters)).toBe(expected);
  });
});

describe('a refusal', () => {
  it('stays on this node as long as the callback is not certain', () => {
    expect(refusedHere('invalid_client', 'no').location).toBe(
      '/authenticationendpoint/oauth2_error.do?oauthErrorCode=invalid_client&oauthErrorMsg=no',
    );
  });

  it("goes to the client in the product's names for a malformed request", () => {
    expect(malformed('https://a/cb', 'no').location).toBe(
      'https://a/cb?oauthErrorCode=invalid_request&oauthErrorMsg=no',
    );
  });

  it("goes to the client in the standard's names, with its state", () => {
    expect(refusedToClient('https://a/cb', 'login_required', 'no', 's').location).toBe(
      'https://a/cb?error_description=no&state=s&error=login_required',
    );
  });
});
