import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS, EXIT } from '../../../lab/errors/codes.ts';
import { parseTopology } from '../../../lab/topology/parse-topology.ts';
import { problemsOf } from './problems-of.ts';

const FIXTURES = new URL('../../../fixtures/topologies/', import.meta.url);
const ALL_IN_ONE = 'lab: one\nnodes:\n  - role: all-in-one\n';

const read = (text: string) => parseTopology(text, 'lab.yaml');

/** `line:column code` of every problem. */
const places = (text: string) =>
  problemsOf(text).map(({ where, code }) => `${where?.replace('lab.yaml:', '')} ${code}`);

describe('a topology file', () => {
  it.each(readdirSync(FIXTURES))('%s of the project is right', (file) => {
    expect(problemsOf(readFileSync(new URL(file, FIXTURES), 'utf8'), file)).toEqual([]);
  });

  it('gets every default that it leaves out', () => {
    expect(read(ALL_IN_ONE)).toEqual({
      lab: 'one',
      version: '3.0.0',
      image: 'simulator',
      nodes: [{ role: 'all-in-one', replicas: 1, offset: 0 }],
      admin: { username: 'admin', password: 'admin' },
      database: {
        apim: { name: 'apim_db', username: 'apimadmin', password: 'apimadmin' },
        shared: { name: 'shared_db', username: 'sharedadmin', password: 'sharedadmin' },
      },
      environments: [
        {
          name: 'Production and Sandbox',
          type: 'hybrid',
          description: 'This is a hybrid gateway that handles both production and sandbox token traffic.',
          dmz: false,
        },
      ],
      loadBalancer: { enabled: true, layout: 'shared', sticky: 'cookie', stickyFor: {} },
      sharedFileSystem: { type: 'nfs', mount: 'auto', directories: 'needed', apis: 'share', rsyncInterval: 5 },
      backend: true,
      expose: true,
    });
  });

  it('of the documentation has the host names, offsets and credentials of its samples', () => {
    const text = readFileSync(new URL('documentation.yaml', FIXTURES), 'utf8');
    const { nodes, database, loadBalancer } = read(text);
    expect(nodes.map(({ role, hostname, offset }) => [role, hostname, offset])).toEqual([
      ['key-manager', 'km.wso2.com', 0],
      ['publisher', 'pub.wso2.com', 1],
      ['developer-portal', 'store.wso2.com', 2],
      ['traffic-manager', 'tm.wso2.com', 3],
      ['gateway', 'gw.wso2.com', 4],
    ]);
    expect(database).toEqual({
      hostname: 'db.wso2.com',
      apim: { name: 'apim_db', username: 'root', password: 'root' },
      shared: { name: 'shared_db', username: 'root', password: 'root' },
    });
    expect(loadBalancer.enabled).toBe(false);
  });

  it('may put any printable characters into a password', () => {
    const password = `a"b'c\\d $e{f}#g:h ü`;
    expect(read(`${ALL_IN_ONE}admin: { password: ${JSON.stringify(password)} }\n`).admin.password).toBe(password);
  });

  it('lets an all-in-one stand beside other roles', () => {
    expect(read(`${ALL_IN_ONE}  - role: gateway\n`).nodes.map(({ role }) => role)).toEqual(['all-in-one', 'gateway']);
  });

  it('takes an offset on one machine that is free', () => {
    const lab = (offset: number) =>
      `lab: vm\nnodes:\n  - { role: all-in-one, host: vm }\n  - { role: gateway, host: vm, offset: ${offset} }\n`;
    expect(places(lab(0))).toEqual(['4:40 OFFSET_COLLISION']);
    expect(places(lab(1))).toEqual([]);
  });

  it('may give nodes on different machines the same offset', () => {
    expect(places('lab: vm\nnodes:\n  - { role: all-in-one, host: a }\n  - { role: gateway, host: b }\n')).toEqual([]);
  });

  it('makes bad input of every problem, so that programs see exit code 2', () => {
    const codes = problemsOf('lab: one\nversion: 9\nversion: 9\nnodes:\n  - role: gateway\n').map(({ code }) => code);
    expect(codes.map((code) => ERRORS[code].exit)).toEqual([EXIT.badInput, EXIT.badInput, EXIT.badInput]);
  });

  it('never repeats a password in an error', () => {
    const text = `${ALL_IN_ONE}admin: { password: 123456789 }\ndatabase: { apim: { password: "hunter2\\n" } }\n`;
    expect(problemsOf(text)).toHaveLength(2);
    expect(JSON.stringify(problemsOf(text))).not.toMatch(/123456789|hunter2/);
  });
});

describe('YAML', () => {
  it('may use anchors, aliases and merge keys, where what a map says itself wins', () => {
    const { nodes } = read(
      [
        'lab: anchors',
        'nodes:',
        '  - &large { role: all-in-one, memory: 4g, offset: 1 }',
        '  - &fixed { role: gateway, hostname: gw.bank.test }',
        '  - { <<: *large, role: gateway, offset: 7 }',
        '  - { <<: [{ memory: 1g }, *large], name: other }',
        '',
      ].join('\n'),
    );
    expect(nodes.slice(2)).toEqual([
      { role: 'gateway', memory: '4g', offset: 7, replicas: 1 },
      { role: 'all-in-one', memory: '1g', offset: 1, replicas: 1, name: 'other' },
    ]);
  });

  it('names the place where a merged value was written', () => {
    expect(places('lab: a\nnodes:\n  - &n\n    role: all-in-one\n    offset: x\n  - <<: *n\n')).toEqual([
      '5:13 TOPOLOGY_INVALID',
    ]);
  });

  it('may begin with a byte order mark and end its lines in the manner of Windows, without moving places', () => {
    const text = 'lab: windows\nnodes:\n  - role: all-in-one\n    toml: |\n      [a]\n      b = \n    ofset: 1\n';
    expect(places(text)).toEqual(['6:11 EXTRA_TOML_INVALID', '7:5 TOPOLOGY_INVALID']);
    expect(places(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(places(text));
  });

  it('may end in "..." and hold comments anywhere', () => {
    expect(places(`# above\n---\n${ALL_IN_ONE.replace('\n', ' # beside\n')}# below\n...\n`)).toEqual([]);
  });

  it.each(['[', '{a: ', '- ', '? '])(
    'is refused when "%s" is nested beyond reason, before anything recurses into it',
    (open) => {
      expect(places(open.repeat(200_000))).toEqual([expect.stringMatching(/^1:\d+ TOPOLOGY_SYNTAX$/)]);
    },
  );

  it('may be a megabyte of comments', () => {
    expect(places(`${ALL_IN_ONE}${'# nothing\n'.repeat(100_000)}`)).toEqual([]);
  });

  it('is answered with fifty problems at most', () => {
    expect(places(`${ALL_IN_ONE}${Array.from({ length: 1000 }, (_, i) => `x${i}: 1\n`).join('')}`)).toHaveLength(50);
  });

  it('cannot multiply itself through merge keys', () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) => `m${i + 1}: &m${i + 1} { <<: [${`*m${i}, `.repeat(20)}], k${i}: 1 }\n`,
    );
    expect(places(`m0: &m0 { x: 1 }\n${levels.join('')}${ALL_IN_ONE}`)).toContainEqual(
      expect.stringContaining('TOPOLOGY_SYNTAX'),
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])('may not call a key %s', (key) => {
    expect(places(`${ALL_IN_ONE}${key}: { polluted: 1 }\n`)).toEqual(['4:1 TOPOLOGY_INVALID']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('the text under "toml"', () => {
  const at = (toml: string) => places(`lab: toml\nnodes:\n  - role: all-in-one\n${toml}`);

  it('is looked at inside a block, whatever its indentation, chomping and comments', () => {
    expect(at('    toml: |\n      a = 1\n      b =\n')).toEqual(['6:10 EXTRA_TOML_INVALID']);
    expect(at('    toml: |2- # comment\n      a = 1\n        b =\n')).toEqual(['6:12 EXTRA_TOML_INVALID']);
    expect(at('    toml: &t |\n\n          a = 1\n\n          b = x\n    offset: 0\n')).toEqual([
      '8:15 EXTRA_TOML_INVALID',
    ]);
  });

  it('is looked at inside a line with or without quotes', () => {
    expect(at('    toml: a = x\n')).toEqual(['4:15 EXTRA_TOML_INVALID']);
    expect(at('    toml: "a = x"\n')).toEqual(['4:16 EXTRA_TOML_INVALID']);
  });

  it('is named as a whole where places inside it cannot be told', () => {
    expect(at('    toml: "a = 1\\nb = x"\n')).toEqual(['4:11 EXTRA_TOML_INVALID']);
    expect(at('    toml: >\n      a = 1\n      b = x\n')).toEqual(['4:11 EXTRA_TOML_INVALID']);
  });

  it('never reaches the objects of JavaScript', () => {
    for (const key of [
      '[constructor]',
      '[ "constructor" ]',
      '[a.__proto__]',
      '"\\u0063onstructor".x = 1',
      '"\\U00000063onstructor".x = 1',
      '[[prototype]]',
    ]) {
      expect(at(`    toml: |\n      ${key}\n      polluted = 1\n`), key).toEqual(['4:11 EXTRA_TOML_INVALID']);
    }
    expect(Object.hasOwn(Object, 'polluted')).toBe(false);
  });

  it('may speak of a constructor in its values', () => {
    expect(at("    toml: |\n      a = 'the constructor'\n")).toEqual([]);
  });
});
