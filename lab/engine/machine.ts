import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { z } from 'zod';
import { labError } from '../errors/lab-error.ts';
import { expectedMemory } from '../plan/memory.ts';
import type { Plan } from '../plan/plan.ts';
import { smallerLab } from '../plan/smaller-lab.ts';
import type { Docker } from './docker.ts';
import { memoryUse } from './memory-use.ts';

/**
 * Bytes of memory that new containers can have. Docker on another machine, or in a virtual one as Docker Desktop's, has what
 * it says; what runs there already is not known.
 */
const availableMemory = async (docker: Docker): Promise<number> => {
  const { MemTotal } = z.object({ MemTotal: z.number() }).parse(await docker.info());
  return Math.abs(MemTotal - totalmem()) < totalmem() / 20 ? availableHere() : MemTotal;
};

/** Linux counts reclaimable caches in, which `freemem` does not. */
const availableHere = async (): Promise<number> => {
  const meminfo = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return available === undefined ? freemem() : Number(available) * 1024;
};

/**
 * Fails with MEMORY_SHORT when containers of the lab that are yet to start would not fit beside what runs already. What runs
 * in containers that they replace, by their identifiers, is free by then.
 */
export const requireMemory = async (
  docker: Docker,
  plan: Plan,
  { starting, replaced = [] }: { starting: readonly string[]; replaced?: readonly string[] },
): Promise<void> => {
  const uses = await Promise.all(replaced.map((id) => memoryUse(docker, id)));
  const freed = uses.reduce<number>((sum, use) => sum + (use ?? 0), 0);
  const [needed, available] = [expectedMemory(plan, new Set(starting)), (await availableMemory(docker)) + freed];
  if (needed <= available) return;
  const smaller = smallerLab(plan, new Set(starting), available);
  throw labError(
    'MEMORY_SHORT',
    `${plan.lab} needs about ${inMb(needed)} MB of memory for ${starting.join(', ')}; ${inMb(available)} MB are free`,
    smaller && { hint: `close something, or write ${smaller.change}: that needs about ${inMb(smaller.bytes)} MB` },
  );
};

const inMb = (bytes: number): number => Math.round(bytes / 1024 / 1024);
