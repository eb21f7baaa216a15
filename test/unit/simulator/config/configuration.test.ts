import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../compose/wso2am/server/config/configuration-error.ts';
import { load } from './deployment.ts';

const configuration = load({
  lab: { port: '9443', count: 3, yes: true, no: 'False', word: 'maybe', empty: '', one: 'a', many: ['a', 'b', 3] },
  'lab.tables': [{ name: 'first', 'nested.on': 'true' }, { name: 'second' }],
});

describe('reading a configuration', () => {
  it('gives texts, numbers and flags from either way of writing them', () => {
    expect(configuration.text('lab.count')).toBe('3');
    expect(configuration.number('lab.port')).toBe(9443);
    expect(configuration.number('lab.count')).toBe(3);
    expect(configuration.flag('lab.yes')).toBe(true);
    expect(configuration.flag('lab.no')).toBe(false);
  });

  it('takes a single text for a list of one', () => {
    expect(configuration.list('lab.one')).toEqual(['a']);
    expect(configuration.list('lab.many')).toEqual(['a', 'b', '3']);
  });

  it('gives tables of an array in order, with nested keys', () => {
    const tables = configuration.tables('lab.tables');

    expect(tables.map((table) => table.text('name'))).toEqual(['first', 'second']);
    expect(tables.map((table) => table.optionalFlag('nested.on'))).toEqual([true, undefined]);
    expect(configuration.tables('lab.nowhere')).toEqual([]);
  });

  it.each(['text', 'number', 'flag', 'list'] as const)('names a missing key: %s', (method) => {
    expect(() => configuration[method]('lab.nowhere')).toThrow(
      new ConfigurationError("Configuration with key lab.nowhere doesn't exist"),
    );
  });

  it('names the table a key is missing in', () => {
    expect(() => configuration.tables('lab.tables')[1]?.flag('nested.on')).toThrow(
      "Configuration with key lab.tables[1].nested.on doesn't exist",
    );
  });

  it.each([
    ['number', 'lab.word', 'a number'],
    ['number', 'lab.empty', 'a number'],
    ['flag', 'lab.word', 'true or false'],
    ['text', 'lab.many', 'a text'],
    ['list', 'lab.tables', 'a list of texts'],
    ['tables', 'lab.many', 'an array of tables'],
    ['tables', 'lab.one', 'a list'],
  ] as const)('says what a value should be: %s of %s', (method, key, expected) => {
    expect(() => configuration[method](key)).toThrow(`Configuration with key ${key} is not ${expected}`);
  });

  it('gives undefined for an optional key only when it is absent', () => {
    expect(configuration.optionalText('lab.nowhere')).toBeUndefined();
    expect(configuration.optionalNumber('lab.nowhere')).toBeUndefined();
    expect(configuration.optionalFlag('lab.nowhere')).toBeUndefined();
    expect(configuration.optionalText('lab.empty')).toBe('');
  });

  it('lists every key, defaults and inferred ones included', () => {
    const keys = new Map(configuration.entries());

    expect(keys.get('lab.count')).toBe(3);
    expect(keys.get('keystore.primary.type')).toBe('JKS');
    expect(keys.get('user_store.class')).toContain('JDBCUserStoreManager');
  });
});
