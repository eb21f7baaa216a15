import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { LABELS } from '../../lab/render/compose/labels.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${ROOT}README.md`, 'utf8');

/** Every shell command of the README, in its order; `\` continues a line, `#` begins a comment. */
const commands = [...readme.matchAll(/^```\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => /^(npm|curl|npx) /.test(line))
  // The test run itself.
  .filter((line) => line !== 'npm test');

const run = (command: string): string =>
  execFileSync('bash', ['-c', command], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe', maxBuffer: 16 * 1024 * 1024 });

/** The README's own labs. Whoever runs one of them already keeps it: these tests would remove it with its data. */
const LABS = ['five-node', 'five-node-320'];
const running = LABS.flatMap((lab) =>
  execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `label=${LABELS.lab}=${lab}`], { encoding: 'utf8' })
    .split('\n')
    .filter((id) => id !== ''),
);

/** What earlier commands answered and later ones need: the client that DCR gave out. */
const answers: Record<string, string> = {};
const filledIn = (command: string) =>
  command.replace('CLIENT_ID', answers.clientId ?? '').replace('CLIENT_SECRET', answers.clientSecret ?? '');

afterAll(() => {
  if (running.length > 0) return;
  for (const lab of LABS) run(`npm run -s lab:down -- --lab ${lab}`);
  rmSync('/tmp/rendered', { recursive: true, force: true });
});

describe.skipIf(running.length > 0)('the README', () => {
  it('names the commands that this test runs', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)('%s', (command) => {
    const output = run(filledIn(command));
    if (command.includes('/register')) Object.assign(answers, JSON.parse(output));
    if (command.endsWith('/token')) expect(JSON.parse(output)).toMatchObject({ token_type: 'Bearer' });
    expect(output).not.toBe('');
  });
});
