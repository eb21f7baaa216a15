import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labImages } from '../../lab/engine/lab-images.ts';
import { LABELS } from '../../lab/render/compose/labels.ts';
import { docker } from './lab-under-test.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('the example of a test suite', () => {
  const project = mkdtempSync(join(tmpdir(), 'apim-lab-example-'));
  const modules = join(project, 'node_modules');

  const env = { ...process.env };

  /** As `npm install` leaves it: this package from its tarball, every other one as it is here. */
  beforeAll(async () => {
    cpSync(join(ROOT, 'fixtures/example-suite'), project, { recursive: true });
    mkdirSync(join(modules, 'apim-lab'), { recursive: true });
    const present = readdirSync(join(ROOT, 'node_modules')).filter((name) => name !== '.vite' && name !== 'apim-lab');
    for (const name of present) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    execFileSync('npm', ['pack', '--pack-destination', project], { cwd: ROOT, stdio: 'ignore' });
    const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '';
    const into = ['--directory', join(modules, 'apim-lab'), '--strip-components', '1'];
    // Instead of images that come from a registry.
    Object.assign(env, { ORDERS_IMAGE: (await labImages(ROOT)).wso2am['3.2.0'], TESTCONTAINERS_RYUK_DISABLED: 'true' });
    execFileSync('tar', ['--extract', '--gzip', '--file', join(project, tarball), ...into]);
  });
  afterAll(() => {
    run('apim-lab', 'down', '--lab', 'example-suite');
    run('apim-lab', 'down', '--lab', 'example-outage');
    rmSync(project, { recursive: true, force: true });
  });

  const run = (command: string, ...args: readonly string[]) => {
    const program = command === 'apim-lab' ? join(modules, 'apim-lab/lab/bin.mjs') : join(modules, '.bin', command);
    return spawnSync(process.execPath, [program, ...args], { cwd: project, encoding: 'utf8', env });
  };

  it('fits the types that the package declares', () => {
    expect(run('tsc')).toMatchObject({ status: 0, stdout: '' });
  });

  it('passes, its files at the same time on one lab, and leaves nothing behind', async () => {
    const { status, stdout, stderr } = run('vitest', 'run');
    expect(status, stdout + stderr).toBe(0);
    expect(stripVTControlCharacters(stdout)).toMatch(/Test Files +4 passed/);
    for (const name of ['example-suite', 'example-outage']) {
      const filters = { label: [`${LABELS.lab}=${name}`] };
      expect(await docker.listContainers({ all: true, filters })).toEqual([]);
    }
  });
});
