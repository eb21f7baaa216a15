import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../../compose/wso2am/server/config/defaults.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { load } from './deployment.ts';

describe('defaults', () => {
  it.each([
    ['3.0.0', `https://localhost:\${https.nio.port}/revoke`],
    ['3.1.0', `https://localhost:\${https.nio.port}/revoke`],
    ['3.2.0', `https://localhost:\${mgt.transport.https.port}/oauth2/revoke`],
  ] as const)('revoke in %s at %s', (version, url) => {
    expect(load({}, { version }).text('apim.oauth_config.revoke_endpoint')).toBe(url);
  });

  it('know the event hub in 3.2.0 only, with the credentials and the address of throttling', () => {
    const tables = { 'apim.throttling': { service_url: 'https://tm:9443/services/', username: 'carl' } };
    const configuration = load(tables, { version: '3.2.0' });

    expect(configuration.text('apim.event_hub.service_url')).toBe('https://tm:9443/services/');
    expect(configuration.text('apim.event_hub.username')).toBe('carl');
    expect(load(tables, { version: '3.1.0' }).has('apim.event_hub.enable')).toBe(false);
  });

  it('rename the scopes granted to everybody in 3.2.0', () => {
    expect(load().list('apim.oauth_config.white_listed_scopes')).toEqual(['^device_.*', 'openid']);
    expect(load({}, { version: '3.2.0' }).list('apim.oauth_config.allowed_scopes')).toEqual(['^device_.*', 'openid']);
    expect(load({}, { version: '3.2.0' }).has('apim.oauth_config.white_listed_scopes')).toBe(false);
  });

  it('take every key store that is not described for the primary one', () => {
    const configuration = load({ 'keystore.primary': { file_name: 'primary.jks', password: 'x' } });

    expect(configuration.text('keystore.tls.file_name')).toBe('primary.jks');
    expect(configuration.text('keystore.internal.password')).toBe('x');
    expect(configuration.text('keystore.tls.alias')).toBe('wso2carbon');
  });

  it('put apim_db into a local file when its table is missing', () => {
    const configuration = load();

    expect(configuration.text('database.apim_db.url')).toMatch(/^jdbc:h2:.*WSO2AM_DB;.*MVCC=TRUE$/);
    expect(configuration.text('database.apim_db.username')).toBe('wso2carbon');
  });

  it('let the three users of throttling follow its user, and each be named by itself', () => {
    const configuration = load({ 'apim.throttling': { username: 'carl', 'jms.username': 'jim' } });

    expect(configuration.text('apim.throttling.receiver_username')).toBe('carl');
    expect(configuration.text('apim.throttling.policy_deploy.username')).toBe('carl');
    expect(configuration.text('apim.throttling.jms.username')).toBe('jim');
  });

  it.each(VERSIONS)('of %s refer to nothing that is neither a default nor mandatory', (version) => {
    const mandatory = [
      'server.node_ip',
      'super_admin.username',
      'super_admin.password',
      'database.shared_db.username',
      'database.shared_db.url',
    ];
    const defaults = defaultsOf(version);
    const references = [...defaults.values()].flatMap((value) =>
      Array.from(String(value).matchAll(/\$ref\{(.*?)\}/g), ([, key]) => key ?? ''),
    );

    expect([...new Set(references.filter((key) => !defaults.has(key)))].sort()).toEqual(mandatory.sort());
  });
});
