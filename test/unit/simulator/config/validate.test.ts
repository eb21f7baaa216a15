import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { load } from './deployment.ts';

const LDAP = ['read_only_ldap', 'read_write_ldap', 'active_directory'];
const ldap = (type: string) => ({
  user_store: { type, base_dn: 'dc=lab', connection_url: 'ldap://ldap:389' },
});

describe('validation of the user store', () => {
  it.each(VERSIONS)('takes database and, with a URL, LDAP in %s', (version) => {
    expect(load({}, { version }).text('user_store.type')).toBe('database');
    for (const type of LDAP) expect(load(ldap(type), { version }).text('user_store.type')).toBe(type);
  });

  it.each(['database_unique_id', ...LDAP.map((type) => `${type}_unique_id`)])('takes %s from 3.1.0 on', (type) => {
    expect(() => load(ldap(type))).toThrow(`Validation failed for user_store.type. Expected value to match`);
    for (const version of ['3.1.0', '3.2.0'] as const) {
      expect(load(ldap(type), { version }).text('user_store.type')).toBe(type);
    }
  });

  it.each([
    ['jdbc', 'but was jdbc'],
    ['Database', 'but was Database'],
    ['', 'but was an empty string'],
    ['database ', 'but was database '],
  ])('refuses %j', (type, message) => {
    for (const version of VERSIONS) expect(() => load({ user_store: { type } }, { version })).toThrow(message);
  });

  it.each([
    ['read_only_ldap', 'Connection URL is required for read only ldap userstore'],
    ['read_write_ldap', 'Connection URL is required for read write ldap userstore'],
    ['active_directory', 'Connection URL is required for active directory userstore'],
  ])('asks %s for its connection_url', (type, message) => {
    expect(() => load({ user_store: { type, base_dn: 'dc=lab' } })).toThrow(message);
  });

  it('looks at nothing else: neither ports, nor roles, nor URLs', () => {
    const configuration = load({
      server: { node_ip: '?', server_role: 'no-such-role', offset: -1 },
      'apim.key_manager': { service_url: 'not a URL' },
    });

    expect(configuration.text('apim.key_manager.service_url')).toBe('not a URL');
  });
});
