import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../compose/wso2am/server/config/configuration-error.ts';
import { parseDeployment } from '../../../../compose/wso2am/server/config/parse-deployment.ts';

describe('parseDeployment', () => {
  it('dissolves tables into dotted keys and keeps arrays of tables', () => {
    const keys = parseDeployment('[a.b]\nc = 1\n[[a.d]]\ne.f = "x"\n[[a.d]]\ne.f = "y"\n');

    expect(keys.get('a.b.c')).toBe(1);
    expect(keys.get('a.d')).toEqual([new Map([['e.f', 'x']]), new Map([['e.f', 'y']])]);
    expect([...keys.keys()]).toEqual(['a.b.c', 'a.d']);
  });

  it('keeps a quoted key with dots in one piece, in tables and in arrays of tables', () => {
    const text =
      '[a]\n\'x.y\' = 1\n[[event_listener]]\nid = "t"\n[event_listener.properties]\n\'header.X-WSO2-KEY-MANAGER\' = "default"\n';
    const keys = parseDeployment(text);

    expect(keys.get("a.'x.y'")).toBe(1);
    expect(keys.get('event_listener')).toEqual([
      new Map([
        ['id', 't'],
        ["properties.'header.X-WSO2-KEY-MANAGER'", 'default'],
      ]),
    ]);
  });

  it('leaves no key for an empty table', () => {
    expect(parseDeployment('[a]\n[b]\nc = true').size).toBe(1);
  });

  it('gives dates as text', () => {
    expect(parseDeployment('a = 2019-10-24').get('a')).toBe('2019-10-24');
  });

  it.each([
    ['a = 1\nb = = 2\n', 2, 5],
    ['[a]\nx = 1\n[a]\ny = 2\n', 3, 3],
    ['a = [1,', 1, 9],
  ])('names line and column of a syntax error: %j', (text, line, column) => {
    const found = errorOf(() => parseDeployment(text));

    expect(found.message).toMatch(/^Error parsing deployment configuration: /);
    expect(found.message).toContain(`(line ${line}, column ${column})`);
    expect(found.place).toEqual({ line, column });
  });

  it('does not quote the lines around an error, which may hold a password', () => {
    const found = errorOf(() => parseDeployment('password = "s3cret"\nb = = 2\n'));

    expect(found.message).not.toContain('s3cret');
  });
});

const errorOf = (run: () => unknown): ConfigurationError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('no error');
};
