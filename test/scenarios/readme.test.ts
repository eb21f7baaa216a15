import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { LABELS } from '../../lab/render/compose/labels.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${ROOT}README.md`, 'utf8');

/** Every shell command of the README, in its order; `\` continues a line, `#` begins a comment. */
const commands = [...readme.matchAll(/^```\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => /^(npm |curl |npx |json\(|[A-Z_]+=)/.test(line))
  // The test run itself.
  .filter((line) => line !== 'npm test');

/** Variables and functions of the shell that a person would type all this into. */
const home = mkdtempSync(join(tmpdir(), 'apim-lab-readme-'));
const shell = join(home, 'shell');
writeFileSync(shell, '');

/** Runs a command in that shell. What only sets a variable or a function answers with it. */
const run = (command: string): string => {
  const [, variable, definition] = /^(?:([A-Z_]+)=|(\w+)\(\))/.exec(command) ?? [];
  const show = variable ? `echo "$${variable}"` : definition ? `declare -f ${definition}` : '';
  const script = `set -a; . ${shell}\nset -eo pipefail\n${command}\n${show}\n{ export -p; declare -f; } > ${shell}`;
  return bash(script);
};

const bash = (script: string): string =>
  execFileSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe', maxBuffer: 16 * 1024 * 1024 });

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
  for (const path of ['/tmp/rendered', home]) rmSync(path, { recursive: true, force: true });
});

describe.skipIf(running.length > 0)('the README', () => {
  it('names the commands that this test runs', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)('%s', (command) => {
    const output = run(filledIn(command));
    if (command.endsWith('/register')) Object.assign(answers, JSON.parse(output));
    if (command.endsWith('/token')) expect(JSON.parse(output)).toMatchObject({ token_type: 'Bearer' });
    expect(output.trim()).not.toMatch(/^(undefined(:undefined)?)?$/);
    if (command.includes('APP_TOKEN"')) expect(JSON.parse(output)).toMatchObject({ path: '/hello' });
  });
});
