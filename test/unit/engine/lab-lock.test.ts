import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gate } from '../../../lab/engine/gate.ts';
import { holdLab, holdUsers } from '../../../lab/engine/lab-lock.ts';

let parent: string;
let home: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'lab-lock-'));
  home = join(parent, 'labs');
  vi.stubEnv('APIM_LAB_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(parent, { recursive: true, force: true });
});

/** Ten that come at the same moment; whoever gets the lock keeps it until all others have been refused. */
const tenAtOnce = async (): Promise<readonly string[]> => {
  const othersRefused = new Gate();
  let refused = 0;
  const attempt = async (): Promise<string> => {
    try {
      return await holdLab('demo', async () => {
        await othersRefused.opened;
        return 'held';
      });
    } catch (error) {
      refused += 1;
      if (refused === 9) othersRefused.open();
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  };
  return Promise.all(Array.from({ length: 10 }, attempt));
};

describe('the lock of a lab', () => {
  const ONE_OF_TEN = ['held', ...Array.from({ length: 9 }, () => 'LAB_BUSY')];

  it('is had by one of many that want it at the same moment, and leaves nothing behind', async () => {
    expect((await tenAtOnce()).toSorted().toReversed()).toEqual(ONE_OF_TEN);
    expect(existsSync(home)).toBe(false);
  });

  it('is taken over from a process that is gone, by one of many', async () => {
    mkdirSync(home);
    writeFileSync(join(home, 'demo.lock'), String(spawnSync(process.execPath, ['--version']).pid));
    expect((await tenAtOnce()).toSorted().toReversed()).toEqual(ONE_OF_TEN);
    expect(existsSync(home)).toBe(false);
  });

  it('is another one for each lab, and for the users of a lab', async () => {
    const held = await holdLab('one', () =>
      holdLab('two', () => holdUsers('one', async () => readdirSync(home).sort())),
    );
    expect(held).toEqual(['one.lock', 'one.users.lock', 'two.lock']);
  });
});
