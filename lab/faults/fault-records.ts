import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../errors/lab-error.ts';
import { type Fault, faultSchema } from './fault.ts';

/**
 * Faults stand at the top of the lab directory, a file each, from before they are applied until they are healed: whoever
 * comes after a harness that was killed finds them there. `up` leaves such files alone.
 */
const NAME = /^fault\.(.+)\.json$/;

const recordPath = (directory: string, node: string): string => join(directory, `fault.${node}.json`);

/** Writes a fault down; it appears whole or not at all. Fails with FAULT_THERE when its node has one. */
export const recordFault = async (directory: string, fault: Fault): Promise<void> => {
  const draft = join(directory, `fault.${fault.node}.${process.pid}.draft`);
  await writeFile(draft, JSON.stringify(fault));
  try {
    await link(draft, recordPath(directory, fault.node));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const sentence = `${fault.node} has a fault already`;
    throw labError('FAULT_THERE', sentence, { node: fault.node }, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
};

/** Every fault that is written down, by node; none where there is no lab directory. */
export const recordedFaults = async (directory: string): Promise<readonly Fault[]> => {
  const names = (await readdir(directory).catch(() => [])).filter((name) => NAME.test(name)).sort();
  const read = names.map(async (name) => readFile(join(directory, name), 'utf8').catch(nothingOfTheHealed));
  return (await Promise.all(read)).flatMap((text) => (text === '' ? [] : [faultSchema.parse(JSON.parse(text))]));
};

export const forgetFault = (directory: string, node: string): Promise<void> =>
  rm(recordPath(directory, node), { force: true });

/** Somebody else may heal it between the two looks. */
const nothingOfTheHealed = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
};
