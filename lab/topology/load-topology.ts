import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { labError } from '../errors/lab-error.ts';
import { parseTopology } from './parse-topology.ts';
import type { Topology } from './schema.ts';

/** Bytes. A topology with every node that fits is some kilobytes; more is another file, or a device without an end. */
const MAX_SIZE = 1024 * 1024;

/** Reads a topology file. Throws TOPOLOGY_NOT_FOUND when that is impossible, else what `parseTopology` throws. */
export const loadTopology = async (file: string): Promise<Topology> =>
  parseTopology(decode(await read(file), file), file);

const read = async (file: string): Promise<Buffer> => {
  try {
    // One byte more than allowed tells a file that is too large.
    return await buffer(createReadStream(file, { end: MAX_SIZE }));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
    throw labError('TOPOLOGY_NOT_FOUND', `the topology file ${file} ${why}`, {}, { cause });
  }
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be read by this user',
};

const decode = (bytes: Buffer, file: string): string => {
  if (bytes.length > MAX_SIZE) {
    throw labError('TOPOLOGY_SYNTAX', `${file} is larger than 1 MB`, {
      hint: 'no topology is that large: is it another file?',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw labError('TOPOLOGY_SYNTAX', `${file} is not UTF-8 text`, { hint: 'save the file as UTF-8' }, { cause });
  }
};
