import { describe, expect, it } from 'vitest';
import { resolveReferences } from '../../../../compose/wso2am/server/config/resolve-references.ts';
import { load } from './deployment.ts';

const resolve = (entries: Readonly<Record<string, string | number | boolean | readonly string[]>>) =>
  Object.fromEntries(resolveReferences(new Map(Object.entries(entries))));

describe('references', () => {
  it('are replaced inside a text, several of them too', () => {
    expect(resolve({ a: 'tm', b: 9443, c: 'https://$ref{a}:$ref{b}/$ref{a}' }).c).toBe('https://tm:9443/tm');
  });

  it('are replaced in the texts of a list', () => {
    expect(resolve({ a: 'tm', b: ['tcp://$ref{a}:5672', 'tcp://other:5672'] }).b).toEqual([
      'tcp://tm:5672',
      'tcp://other:5672',
    ]);
  });

  it('give way to a list or a flag as a whole', () => {
    const resolved = resolve({ a: ['x', 'y'], b: '$ref{a}', c: false, d: 'is $ref{c}' });

    expect(resolved.b).toEqual(['x', 'y']);
    expect(resolved.d).toBe(false);
  });

  it('follow chains of any length in any order', () => {
    for (const length of [1, 2, 17, 5_000]) {
      const forwards = Object.fromEntries(
        Array.from({ length }, (_, index) => [`k${index}`, index === 0 ? 'end' : `$ref{k${index - 1}}`]),
      );
      const backwards = Object.fromEntries(Object.entries(forwards).reverse());

      expect(resolve(forwards)[`k${length - 1}`]).toBe('end');
      expect(resolve(backwards)[`k${length - 1}`]).toBe('end');
    }
  });

  it('stop at a cycle of any length, naming it and what hangs on it, and nothing else', () => {
    for (const length of [1, 2, 3, 50]) {
      const cycle = Object.fromEntries(
        Array.from({ length }, (_, index) => [`k${index}`, `$ref{k${(index + 1) % length}}`]),
      );
      const names = [...Object.keys(cycle), 'hangs'].join(',');

      expect(() => resolve({ fine: '$ref{end}', end: 'x', ...cycle, hangs: '$ref{k0}' })).toThrow(
        new RegExp(`^References can't be resolved for ${names}$`),
      );
    }
  });

  it('stop at a key that does not exist, even beside a cycle', () => {
    expect(() => resolve({ a: '$ref{a}', b: '$ref{lab.nowhere}' })).toThrow(
      "Configuration with key lab.nowhere doesn't exist",
    );
  });

  it.each(['$ref{', '$ref{a', 'ref{a}', `\${a}`, '$ ref{a}'])('are not made of %j', (text) => {
    expect(resolve({ a: 'x', b: text }).b).toBe(text);
  });

  it('do not reach into tables of an array, as in config-mapper 1.0.2', () => {
    const configuration = load({
      'apim.gateway.environment': [{ name: 'a', username: '$ref{super_admin.username}', password: '$ref{nowhere}' }],
    });
    const [environment] = configuration.tables('apim.gateway.environment');

    expect(environment?.text('username')).toBe('$ref{super_admin.username}');
    expect(environment?.text('password')).toBe('$ref{nowhere}');
  });

  it('never read what they put in as another reference or as a pattern', () => {
    expect(resolve({ a: '$& $1 $$', b: '<$ref{a}>' }).b).toBe('<$& $1 $$>');
  });
});
