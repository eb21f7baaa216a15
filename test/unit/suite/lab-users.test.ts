import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readUsers, writeUsers } from '../../../lab/suite/lab-users.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lab-users-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the users of a lab', () => {
  it('are none where no suite was', async () => {
    expect(await readUsers(directory)).toEqual({ madeBySuite: false, users: [] });
  });

  it('are those whose processes live', async () => {
    const living = { id: 'a', pid: process.pid };
    const gone = { id: 'b', pid: spawnSync(process.execPath, ['--version']).pid };
    await writeUsers(directory, { madeBySuite: true, users: [living, gone] });
    expect(await readUsers(directory)).toEqual({ madeBySuite: true, users: [living] });
  });
});
