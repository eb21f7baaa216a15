import { describe, expect, it } from 'vitest';
import { suggest } from '../../../lab/topology/suggest.ts';

const KEYS = ['hostname', 'host', 'replicas', 'loadBalancer', 'https', 'http'].map((key) => [key, key] as const);

describe('a suggestion', () => {
  it.each([
    ['hostnme', 'hostname'],
    ['hostanme', 'hostname'],
    ['hosst', 'host'],
    ['hsot', 'host'],
    ['rplcas', 'replicas'],
    ['load_balancer', 'loadBalancer'],
    ['LOADBALANCER', 'loadBalancer'],
    ['httpss', 'https'],
  ])('for %s is %s', (word, meant) => {
    expect(suggest(word, KEYS)).toBe(meant);
  });

  it.each(['colour', 'x', '', 'port', 'a'.repeat(1_000_000)])('is not made when nothing is near', (word) => {
    expect(suggest(word, KEYS)).toBeUndefined();
  });

  it('is what another word stands for', () => {
    expect(suggest('KM', [['km', 'key-manager']])).toBe('key-manager');
  });
});
