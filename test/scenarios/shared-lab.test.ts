import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabUnderTest } from './lab-under-test.ts';

const ENTRY = fileURLToPath(new URL('../../lab/index.mjs', import.meta.url));

/** A test file of a suite: joins the lab, says so, and leaves when its input ends. */
const TEST_FILE = `
const { startLab } = await import(${JSON.stringify(ENTRY)});
try {
  const lab = await startLab(process.env.APIM_LAB_TOPOLOGY);
  console.log('joined');
  for await (const _ of process.stdin);
  await lab.stop();
} catch (error) {
  console.log(error.code ?? String(error));
}`;

describe('a lab that several test files share', () => {
  const lab = new LabUnderTest('t-shared');
  const started: ReturnType<typeof testFile>[] = [];

  const testFile = () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', TEST_FILE], {
      cwd: lab.home,
      env: { ...process.env, APIM_LAB_HOME: `${lab.home}/labs`, APIM_LAB_TOPOLOGY: lab.topology },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const said = once(createInterface(child.stdout), 'line').then(([line]) => String(line));
    const leave = async () => {
      child.stdin.end();
      await exited;
    };
    const die = async () => {
      child.kill('SIGKILL');
      await exited;
    };
    return { said, leave, die };
  };
  const begin = () => {
    const file = testFile();
    started.push(file);
    return file;
  };

  const write = (extra = '') => lab.write(`lab: ${lab.name}\n${extra}backend: false\nnodes:\n  - role: all-in-one\n`);

  beforeAll(() => write());
  afterAll(async () => {
    for (const file of started) await file.die();
    await lab.dispose();
  });

  it('is started once by files that begin at the same moment, and goes with the last of them', async () => {
    const [first, second] = [begin(), begin()];
    expect([await first.said, await second.said]).toEqual(['joined', 'joined']);
    const containers = await lab.containers();
    expect(Object.keys(containers)).toContain('aio-1');

    await first.leave();
    expect(await lab.containers()).toEqual(containers);
    await second.leave();
    expect(await lab.leftovers()).toEqual([]);
  });

  it('is not changed under those who use it, and outlives one that is killed until the next one leaves', async () => {
    const first = begin();
    expect(await first.said).toBe('joined');
    const containers = await lab.containers();
    write('version: 3.2.0\n');
    expect(await begin().said).toBe('LAB_IN_USE');
    write();

    await first.die();
    const second = begin();
    expect(await second.said).toBe('joined');
    expect(await lab.containers()).toEqual(containers);
    await second.leave();
    expect(await lab.leftovers()).toEqual([]);
  });

  it('stays when it stood before', async () => {
    await lab.ok('up', '--no-probes');
    const containers = await lab.containers();
    const file = begin();
    expect(await file.said).toBe('joined');
    await file.leave();
    expect(await lab.containers()).toEqual(containers);
  });
});
