import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../../lab/bin.mjs', import.meta.url));

const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', env: { ...process.env, ...environment } });

describe('the command line', () => {
  it.each([
    ['an unknown command', ['nonsense']],
    ['an unknown flag', ['status', '--nonsense']],
    ['a missing argument', ['exec']],
    ['a value that is no number', ['up', '--timeout', 'soon']],
  ])('reports %s as bad input, once and in its own form', (_what, args) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error USAGE\n {2}.+\n/);
    expect(stderr.match(/error/g)).toHaveLength(1);
  });

  it.each([
    ['the flag', ['validate', '--nonsense', '--json'], {}],
    ['the environment', ['validate', '--nonsense'], { APIM_LAB_JSON: '1' }],
  ])('reports bad input as JSON when %s asks for it', (_what, args, environment) => {
    const { status, stdout } = run(args, environment);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: 'USAGE' }] });
  });

  it('names the probes there are before it looks for the lab', () => {
    const { status, stdout } = run(['probe', 'nonsense', '--lab', 'no-such-lab', '--json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ code: 'PROBE_UNKNOWN', evidence: expect.stringContaining('token-issuance') }],
    });
  });

  it.each(['up', 'down', 'status', 'logs', 'exec', 'probe', 'events', 'check', 'validate', 'render'])(
    'has an environment variable for every flag of %s',
    (command) => {
      const { status, stdout } = run([command, '--help']);
      expect(status).toBe(0);
      const [, flags = ''] = stdout.split('\nOptions:\n');
      const options = flags.split(/\n(?= {2}-)/).map((each) => each.replace(/\s+/g, ' ').trim());
      const without = options.filter((option) => !option.startsWith('-h, --help') && !/env: APIM_LAB_/.test(option));
      expect(without).toEqual([]);
    },
  );
});
