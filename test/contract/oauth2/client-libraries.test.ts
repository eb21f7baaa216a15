import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { logIn } from './browser.ts';
import { CALLBACK, type Client, newClient } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager } from './key-manager.ts';

const keyManagers = useKeyManagers();

describe.each(VERSIONS)('openid-client with %s', (version) => {
  let km: KeyManager;
  let config: openid.Configuration;

  const discover = (id: string, secret: string, method = openid.ClientSecretBasic): Promise<openid.Configuration> =>
    openid.discovery(new URL(`${km.baseUrl}/oauth2/token`), id, secret, method(secret), {
      [openid.customFetch]: km.fetch,
    });

  beforeAll(async () => {
    km = await keyManagers.start({ version });
    const client = await newClient(km);
    config = await discover(client.id, client.secret);
  });

  it.each([
    ['Basic', openid.ClientSecretBasic],
    ['the form', openid.ClientSecretPost],
  ])('gets a token by client_credentials with %s', async (_, method) => {
    const client = await newClient(km);
    const tokens = await openid.clientCredentialsGrant(await discover(client.id, client.secret, method), {
      scope: 'apim:api_view',
    });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    expect(tokens.scope?.split(' ')).toContain('apim:api_view');
  });

  it('logs a user in with a code, PKCE, state and nonce, learns who it is, refreshes, revokes', async () => {
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const address = openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid apim:api_view',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const back = await logIn(km, address.searchParams);

    const tokens = await openid.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const subject = tokens.claims()?.sub ?? '';
    expect(subject).toBe('admin@carbon.super');
    expect(await openid.fetchUserInfo(config, tokens.access_token, subject)).toEqual({ sub: subject });

    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    await expect(openid.fetchUserInfo(config, tokens.access_token, subject)).rejects.toThrow();
    expect(await openid.fetchUserInfo(config, renewed.access_token, subject)).toEqual({ sub: subject });

    await openid.tokenRevocation(config, renewed.access_token);
    const introspection = await openid.tokenIntrospection(await discover('admin', 'admin'), renewed.access_token);
    expect(introspection).toEqual({ active: false });
  });

  it('introspects as the admin', async () => {
    const { access_token: token } = await openid.clientCredentialsGrant(config);
    expect(await openid.tokenIntrospection(await discover('admin', 'admin'), token)).toMatchObject({ active: true });
  });

  it('understands why a request was refused', async () => {
    const refused = openid.genericGrantRequest(config, 'password', { username: 'admin', password: 'wrong' });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Authentication failed for admin',
    });
  });
});

describe('oauth4webapi', () => {
  let km: KeyManager;
  let registered: Client;
  let server: oauth.AuthorizationServer;
  let client: oauth.Client;
  let authentication: oauth.ClientAuth;
  let options: { readonly [oauth.customFetch]: KeyManager['fetch'] };

  beforeAll(async () => {
    km = keyManagers.km;
    registered = await newClient(km);
    client = { client_id: registered.id };
    authentication = oauth.ClientSecretBasic(registered.secret);
    options = { [oauth.customFetch]: km.fetch };
    const issuer = new URL(`${km.baseUrl}/oauth2/token`);
    server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  });

  it('gets, introspects and revokes a token of the client', async () => {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authentication,
      new URLSearchParams(),
      options,
    );
    const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, response);

    const admin = { client_id: 'admin' };
    const introspect = async () => {
      const answer = await oauth.introspectionRequest(server, admin, oauth.ClientSecretBasic('admin'), token, options);
      return oauth.processIntrospectionResponse(server, admin, answer);
    };
    expect(await introspect()).toMatchObject({ active: true, client_id: registered.id });
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, authentication, token, options),
    );
    expect(await introspect()).toEqual({ active: false });
  });

  it("logs a user in with a code and PKCE, verifies the id_token's signature, refreshes", async () => {
    const verifier = oauth.generateRandomCodeVerifier();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: registered.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const parameters = oauth.validateAuthResponse(server, client, await logIn(km, query), oauth.expectNoState);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      CALLBACK,
      verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, { requireIdToken: true });
    await oauth.validateApplicationLevelSignature(server, response, options);
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'admin@carbon.super' });

    const refreshed = await oauth.refreshTokenGrantRequest(
      server,
      client,
      authentication,
      tokens.refresh_token ?? '',
      options,
    );
    expect(await oauth.processRefreshTokenResponse(server, client, refreshed)).toMatchObject({ token_type: 'bearer' });
  });
});
