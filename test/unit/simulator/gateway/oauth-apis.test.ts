import { describe, expect, it } from 'vitest';
import { findApi, oauthApisOf } from '../../../../compose/wso2am/server/gateway/oauth-apis.ts';

describe('the APIs of the gateway itself', () => {
  it.each([
    ['/token', '_WSO2AMTokenAPI_', ''],
    ['/token/', '_WSO2AMTokenAPI_', '/'],
    ['/authorize/x', '_WSO2AMAuthorizeAPI_', '/x'],
    ['/revoke', '_WSO2AMRevokeAPI_', ''],
    ['/userinfo', '_WSO2AMUserInfoAPI_', ''],
  ])('answer %s by %s', (path, name, rest) => {
    expect(findApi(oauthApisOf('3.0.0'), path)).toMatchObject({ api: { name }, rest });
  });

  it.each(['/tokens', '/oauth2/token', '/', '/TOKEN'])('do not answer %s', (path) => {
    expect(findApi(oauthApisOf('3.0.0'), path)).toBeUndefined();
  });

  it('discover OpenID configuration since 3.2.0', () => {
    const path = '/oidcdiscovery/.well-known/openid-configuration';

    expect(findApi(oauthApisOf('3.1.0'), path)).toBeUndefined();
    expect(findApi(oauthApisOf('3.2.0'), path)?.api.target).toBe(`/oauth2${path}`);
  });
});
