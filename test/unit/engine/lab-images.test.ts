import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labImages } from '../../../lab/engine/lab-images.ts';

let root: string;
const write = (path: string, content: string): void => {
  const file = join(root, 'compose', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apim-lab-images-'));
  for (const folder of ['wso2am', 'mysql', 'nginx', 'nfs', 'backend'])
    write(`${folder}/Dockerfile`, `FROM ${folder}\n`);
  write('wso2am/dist/server.cjs', 'bundle');
  write('wso2am/server/main.ts', 'source');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the references of the lab images', () => {
  it('name the folder, and the product version where there is one', async () => {
    const { wso2am, mysql } = await labImages(root);
    expect(mysql).toMatch(/^apim-lab\/mysql:[0-9a-f]{12}$/);
    expect(wso2am['3.1.0']).toMatch(/^apim-lab\/wso2am:3\.1\.0-[0-9a-f]{12}$/);
  });

  it.each([
    ['changed', () => write('mysql/Dockerfile', 'FROM other\n')],
    ['new', () => write('mysql/schema/new.sql', '')],
    ['renamed', () => renameSync(join(root, 'compose/mysql/Dockerfile'), join(root, 'compose/mysql/Renamed'))],
  ])('change with a %s file of their own folder only', async (_what, change) => {
    const before = await labImages(root);
    change();
    const after = await labImages(root);
    expect(after).toEqual({ ...before, mysql: after.mysql });
    expect(after.mysql).not.toBe(before.mysql);
  });

  it.each(['wso2am', 'backend'] as const)('follow the bundle of %s, not its sources', async (folder) => {
    const before = await labImages(root);
    write(`${folder}/server/main.ts`, '// a comment\nsource');
    expect(await labImages(root)).toEqual(before);
    write(`${folder}/dist/server.cjs`, 'other bundle');
    expect((await labImages(root))[folder]).not.toEqual(before[folder]);
  });

  it('are what scripts/images prints', async () => {
    const project = fileURLToPath(new URL('../../..', import.meta.url));
    const printed = execFileSync(join(project, 'scripts/images'), ['--print'], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(await labImages(project));
  });
});
