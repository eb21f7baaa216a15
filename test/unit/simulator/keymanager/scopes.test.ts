import { describe, expect, it } from 'vitest';
import { REST_API_SCOPES } from '../../../../compose/wso2am/server/keymanager/scope-roles.ts';
import {
  grantedScopes,
  isScopeList,
  type ScopeRoles,
  scopesIn,
} from '../../../../compose/wso2am/server/keymanager/scopes.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';

const bound = (roles: Readonly<Record<string, readonly string[]>>): ScopeRoles =>
  new Map(Object.entries(roles).map(([scope, names]) => [scope, new Set(names)]));

describe('a scope parameter', () => {
  it.each<[string | undefined, readonly string[]]>([
    [undefined, []],
    ['', []],
    ['   ', []],
    ['b a b', ['b', 'a']],
    [' a  b ', ['a', 'b']],
    ['a"b a\\b a\u00e4 a\tb ok', ['ok']],
    [`${'x'.repeat(255)} ${'y'.repeat(256)}`, ['x'.repeat(255)]],
  ])('%j holds %j', (text, scopes) => {
    expect(scopesIn(text)).toEqual(scopes);
  });

  it('of 2048 characters can be kept, a longer one cannot', () => {
    expect([isScopeList('x'.repeat(2048)), isScopeList('x'.repeat(2049))]).toEqual([true, false]);
  });
});

describe('scopes are granted', () => {
  const rules = { roles: ['r'], bound: [bound({ mine: ['r', 'q'], theirs: ['q'], free: [] })], allowed: [/^ok_\d$/] };

  it.each<[string, readonly string[], readonly string[]]>([
    ['by role', ['mine', 'theirs'], ['mine']],
    ['where they need no role', ['free'], ['free']],
    ['by pattern', ['ok_1', 'ok_x'], ['ok_1']],
    ['in order', ['ok_2', 'mine', 'free'], ['free', 'mine', 'ok_2']],
    ['as "default" where nothing is left', ['theirs', 'unknown'], ['default']],
    ['as "default" where nothing was asked for', [], ['default']],
  ])('%s', (_, requested, granted) => {
    expect(grantedScopes(requested, rules)).toEqual(granted);
  });

  it("by the product's own roles where an API calls one of its scopes the same", () => {
    const tables = [bound({ same: ['admin'] }), bound({ same: ['r'] })];
    expect(grantedScopes(['same'], { ...rules, bound: tables })).toEqual(['default']);
  });

  it('by role even where a pattern would grant them to all', () => {
    expect(grantedScopes(['theirs'], { ...rules, allowed: [/^theirs$/] })).toEqual(['default']);
  });
});

describe("the scopes of the product's REST APIs", () => {
  it.each(VERSIONS)('of %s all belong to the admin', (version) => {
    const without = [...REST_API_SCOPES[version]].filter(([, roles]) => !roles.has('admin'));
    expect(without).toEqual([]);
  });

  it('of 3.2.0 are those of before and more', () => {
    const [before, now] = [REST_API_SCOPES['3.1.0'], REST_API_SCOPES['3.2.0']];
    expect([...before.keys()].filter((scope) => !now.has(scope))).toEqual([]);
    expect(now.has('apim:admin_settings') && !before.has('apim:admin_settings')).toBe(true);
  });

  it('know Internal/devops in 3.2.0 only', () => {
    const isKnown = (roles: ScopeRoles) => [...roles.values()].some((each) => each.has('Internal/devops'));
    expect(VERSIONS.map((version) => isKnown(REST_API_SCOPES[version]))).toEqual([false, false, true]);
  });
});
