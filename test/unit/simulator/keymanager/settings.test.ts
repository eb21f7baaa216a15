import { describe, expect, it } from 'vitest';
import { oauthSettings } from '../../../../compose/wso2am/server/keymanager/settings.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import type { Surroundings, Tables } from '../config/deployment.ts';
import { nodeOf } from '../config/node.ts';

const settingsOf = (tables: Tables = {}, around: Surroundings = {}) => {
  const { configuration, properties } = nodeOf('key-manager', tables, around);
  return oauthSettings(configuration, properties);
};

const server = { hostname: 'km.lab', node_ip: '10.9.0.5' };

describe('the settings of OAuth2', () => {
  it.each(VERSIONS)("of %s have the product's defaults", (version) => {
    expect(settingsOf({ server }, { version })).toEqual({
      baseUrl: 'https://km.lab:9443',
      issuer: 'https://km.lab:9443/oauth2/token',
      realm: 'km.lab',
      adminRole: 'admin',
      userTokenValidity: 3600,
      applicationTokenValidity: 3600,
      refreshTokenValidity: 86_400,
      authorizationCodeValidity: 300,
      clockSkewMs: 0,
      allowedScopes: [/^(?:^device_.*)$/, /^(?:openid)$/],
      applicationScope: version === '3.2.0' ? undefined : 'am_application_scope',
    });
  });

  it('follow the offset of the node', () => {
    expect(settingsOf({ server: { ...server, offset: 3 } }).issuer).toBe('https://km.lab:9446/oauth2/token');
  });

  it('name the port of the proxy where there is one', () => {
    expect(settingsOf({ server, 'transport.https.properties': { proxyPort: 443 } }).baseUrl).toBe('https://km.lab:443');
  });

  it('take scopes for all from the key of their version', () => {
    const tables = { 'apim.oauth_config': { white_listed_scopes: ['a'], allowed_scopes: ['b'] } };
    const patterns = (version: (typeof VERSIONS)[number]) => settingsOf(tables, { version }).allowedScopes;
    expect([patterns('3.1.0'), patterns('3.2.0')]).toEqual([[/^(?:a)$/], [/^(?:b)$/]]);
  });

  it('stop a start over a pattern that is none', () => {
    const start = () => settingsOf({ 'apim.oauth_config': { white_listed_scopes: ['('] } });
    expect(start).toThrow('apim.oauth_config.white_listed_scopes has a malformed pattern: (');
  });
});
