import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { load, loadText, MINIMAL, tomlOf } from './deployment.ts';
import { SAMPLES } from './samples.ts';

describe("the documentation's samples", () => {
  it.each(Object.entries(SAMPLES))('load: %s', (_, tables) => {
    const configuration = loadText(tomlOf(tables));

    expect(configuration.text('server.hostname')).toBe(tables.server.hostname);
    expect(configuration.number('server.offset')).toBe(tables.server.offset);
    expect(configuration.text('system.parameter.profile')).toBe(tables.server.server_role);
  });

  it('get their database URLs from type, host, port and name', () => {
    const configuration = loadText(tomlOf(SAMPLES['Key Manager']));

    expect(configuration.text('database.apim_db.url')).toBe('jdbc:mysql://db.wso2.com:3306/apim_db');
    expect(configuration.text('database.shared_db.url')).toBe('jdbc:mysql://db.wso2.com:3306/shared_db');
  });

  it("keep a URL that is given, as the Traffic Manager's", () => {
    const configuration = loadText(tomlOf(SAMPLES['Traffic Manager']));

    expect(configuration.text('database.shared_db.url')).toContain('WSO2SHARED_DB');
    expect(configuration.text('database.shared_db.driver')).toBe('org.h2.Driver');
  });

  it('resolve the administrator where they name the key', () => {
    const configuration = loadText(tomlOf(SAMPLES.Publisher));

    expect(configuration.text('apim.throttling.username')).toBe('admin');
    expect(configuration.text('apim.throttling.policy_deploy.password')).toBe('admin');
  });

  it('read lists as lists', () => {
    const configuration = loadText(tomlOf(SAMPLES.Gateway));

    expect(configuration.list('apim.throttling.throttle_decision_endpoints')).toEqual(['tcp://tm.wso2.com:5675']);
    expect(configuration.list('apim.cors.allow_methods')).toHaveLength(6);
    expect(configuration.flag('apim.cors.allow_credentials')).toBe(false);
  });

  it.each(['3.1.0', '3.2.0'] as const)(
    'infer nothing for the Developer Portal in %s, which does not know api-store',
    (version) => {
      const configuration = loadText(tomlOf(SAMPLES['Developer Portal']), { version });

      expect(configuration.has('system.parameter.profile')).toBe(false);
      expect(configuration.flag('transport.ws.sender.enable')).toBe(true);
    },
  );
});

describe('keys that must exist', () => {
  const without = (table: keyof typeof MINIMAL, ...keys: readonly string[]) => ({
    [table]: Object.fromEntries(Object.entries(MINIMAL[table]).filter(([key]) => !keys.includes(key))),
  });

  it.each([
    ['server', 'node_ip'],
    ['super_admin', 'username'],
    ['super_admin', 'password'],
    ['database.shared_db', 'username'],
  ] as const)('stop the start by a reference of the defaults when they lack: %s.%s', (table, key) => {
    for (const version of VERSIONS) {
      expect(() => load(without(table, key), { version })).toThrow(
        `Configuration with key ${table}.${key} doesn't exist`,
      );
    }
  });

  it('stop the start when the shared database has neither a URL nor a type to infer it from', () => {
    expect(() => load(without('database.shared_db', 'type'))).toThrow(
      "Configuration with key database.shared_db.url doesn't exist",
    );
  });

  it.each(['hostname', 'port', 'name'])('stop the start when an inferred URL lacks its %s', (part) => {
    expect(() => load(without('database.shared_db', part))).toThrow(
      `Configuration with key database.shared_db.${part} doesn't exist`,
    );
  });

  it('do not include the host name, nor the parts of a URL that is given', () => {
    const shared = { type: 'mysql', url: 'jdbc:mysql://db/s', username: 'u', password: 'p' };

    expect(load({ 'database.shared_db': shared }).optionalText('server.hostname')).toBeUndefined();
  });
});

describe('the order of the steps', () => {
  it('infers from written keys only, so a user store by default has no class', () => {
    const configuration = load({ user_store: {} });

    expect(configuration.text('user_store.type')).toBe('database');
    expect(configuration.has('user_store.class')).toBe(false);
  });

  it('infers from keys after their renaming and converts units after references', () => {
    const configuration = load({
      lab: { minutes: '2m' },
      'apim.cache.km_token': { expiry_time: '$ref{lab.minutes}' },
    });

    expect(configuration.text('apim.cache.token_expiry_time')).toBe('120');
  });

  it('resolves the environment before references, so a variable may come through a chain', () => {
    const configuration = load({ lab: { a: '$ref{lab.b}', b: '$env{HOST}' } }, { environment: { HOST: 'km' } });

    expect(configuration.text('lab.a')).toBe('km');
  });

  it('reads a file of a megabyte', () => {
    const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`key_${index}`, 'v'.repeat(20)]));

    expect(load({ lab: many }).text('lab.key_29999')).toBe('v'.repeat(20));
  });
});
