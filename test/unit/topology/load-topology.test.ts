import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../../lab/errors/lab-error.ts';
import { loadTopology } from '../../../lab/topology/load-topology.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'topology-'));
});
afterAll(() => rm(directory, { recursive: true }));

const write = async (content: string | Uint8Array): Promise<string> => {
  const file = join(directory, 'lab.yaml');
  await writeFile(file, content);
  return file;
};

const problemOf = async (file: string) => {
  const error: unknown = await loadTopology(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof LabError)) throw new Error(`${file} was read`);
  return error.problems[0];
};

describe('loading a topology', () => {
  it('reads a file', async () => {
    expect((await loadTopology(await write('lab: one\nnodes:\n  - role: all-in-one\n'))).lab).toBe('one');
  });

  it('calls the file in its errors as the user did', async () => {
    const file = await write('lab: one\nnodes:\n  - role: nothing\n');
    expect((await problemOf(file)).where).toBe(`${file}:3:11`);
  });

  it('says why a file cannot be read', async () => {
    const inFile = join(await write('lab: one'), 'below');
    for (const [file, why] of [
      [join(directory, 'none.yaml'), 'does not exist'],
      ['', 'does not exist'],
      [directory, 'is a directory'],
      [inFile, 'ENOTDIR'],
      ['a\0b', 'null bytes'],
    ] as const) {
      expect(await problemOf(file)).toMatchObject({
        code: 'TOPOLOGY_NOT_FOUND',
        sentence: expect.stringContaining(why),
      });
    }
  });

  it('refuses what is larger than any topology, and does not read on', async () => {
    expect(await problemOf(await write('#'.repeat(1024 * 1024 + 1)))).toMatchObject({ code: 'TOPOLOGY_SYNTAX' });
    expect(await problemOf('/dev/zero')).toMatchObject({ code: 'TOPOLOGY_SYNTAX' });
  });

  it('refuses what is not UTF-8', async () => {
    expect(await problemOf(await write(Uint8Array.of(0xff, 0xfe, 0x6c, 0)))).toMatchObject({
      code: 'TOPOLOGY_SYNTAX',
      sentence: expect.stringContaining('UTF-8'),
    });
  });
});
