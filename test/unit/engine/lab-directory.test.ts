import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeProject, writeProject } from '../../../lab/engine/lab-directory.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lab-directory-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const description = (lab: string): string =>
  JSON.stringify({
    lab,
    version: '3.0.0',
    topology: '/t.yaml',
    nodes: [],
    parts: [],
    network: 'apim-demo_lab',
    endpoints: {},
    trust: { caFile: '', trustStore: '', trustStorePassword: '' },
    credentials: { username: '', password: '' },
  });

const files = (extra: Record<string, string>) => new Map(Object.entries({ ...extra, 'lab.json': description('demo') }));

describe('writing a lab directory', () => {
  it('writes what differs, removes what is gone, and touches nothing else', async () => {
    await writeProject(directory, files({ 'a/b.txt': 'one', 'c.txt': 'stays', 'a/d.txt': 'goes' }));
    const changed = await writeProject(directory, files({ 'a/b.txt': 'two', 'c.txt': 'stays' }));
    expect(changed.toSorted()).toEqual(['a/b.txt', 'a/d.txt']);
    expect(readFileSync(join(directory, 'a/b.txt'), 'utf8')).toBe('two');
    expect(readdirSync(directory).toSorted()).toEqual(['a', 'c.txt', 'lab.json']);
  });

  it('leaves what somebody put beside the rendered project', async () => {
    await writeProject(directory, files({ 'a.txt': '' }));
    writeFileSync(join(directory, 'compose.override.yaml'), 'mine');
    expect(await writeProject(directory, files({ 'a.txt': '' }))).toEqual([]);
    expect(readFileSync(join(directory, 'compose.override.yaml'), 'utf8')).toBe('mine');
  });

  it('refuses a directory that holds files of somebody else, and leaves them', async () => {
    writeFileSync(join(directory, 'precious.txt'), 'mine');
    await expect(writeProject(directory, files({}))).rejects.toMatchObject({ problems: [{ code: 'DIRECTORY_TAKEN' }] });
    expect(readdirSync(directory)).toEqual(['precious.txt']);
  });

  it('lets the product user read the files of nodes, and nobody else the private keys', async () => {
    const umask = process.umask(0o077);
    await writeProject(directory, files({ 'nodes/km-1/x.toml': '', 'certificates/km-1.key': '' }));
    process.umask(umask);
    const mode = (path: string) => statSync(join(directory, path)).mode & 0o777;
    expect([mode('nodes/km-1'), mode('nodes/km-1/x.toml'), mode('certificates/km-1.key')]).toEqual([
      0o755, 0o644, 0o600,
    ]);
  });
});

describe('removing a lab directory', () => {
  it("removes it when it is the lab's", async () => {
    const inner = join(directory, 'demo');
    await writeProject(inner, files({ 'a.txt': '' }));
    await removeProject('demo', inner);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leaves every other directory alone, whatever a label says', async () => {
    const inner = join(directory, 'other');
    mkdirSync(inner);
    writeFileSync(join(inner, 'lab.json'), description('other'));
    await removeProject('demo', inner);
    expect(readdirSync(inner)).toEqual(['lab.json']);
  });
});
