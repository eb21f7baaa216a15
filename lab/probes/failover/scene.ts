import { type HopRecorder, Mismatch } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';
import type { Absence } from './absences.ts';
import type { Stage } from './stage.ts';

/** Everything that the story of one absence needs. */
export type Scene = {
  readonly context: ProbeContext;
  readonly recorder: HopRecorder;
  readonly undo: Undo;
  readonly stage: Stage;
  readonly absence: Absence;
};

/** What happens at nodes of a role besides the calls of its clients. */
export type Story = {
  /** One call of a client through the load balancer. */
  readonly ask: () => Promise<{ readonly status: number }>;
  /** While one is away. */
  readonly meanwhile: () => Promise<void>;
  /** Once it is back. */
  readonly afterwards: () => Promise<void>;
};

/** Prepares what must outlast the absence, and says what to look at. Undefined when that was not possible. */
export type TellStory = (scene: Scene) => Promise<Story | undefined>;

/** A hop of the absence: seen at a node, named after the way. An interrupt ends the absence at the next one. */
export const step = async <T>(
  { context, recorder, absence: { way, away } }: Scene,
  name: string,
  to: string,
  work: () => Promise<{ readonly value: T; readonly detail: string; readonly ms?: number }>,
): Promise<T | undefined> => {
  context.interrupted.throwIfAborted();
  return recorder.hop({ name: `${name}, ${away.name} ${STATES[way]}`, from: 'probe', to, work });
};

const STATES = { kill: 'killed', pause: 'paused', cut: 'cut off' } as const;

/**
 * A check that the product may fail by its own documentation, which `excuse` then cites: it passes either way, and the detail
 * says which.
 */
export const unlessDocumented = async (
  excuse: string | undefined,
  check: () => Promise<string>,
): Promise<{ readonly value: true; readonly detail: string }> => {
  try {
    return { value: true, detail: await check() };
  } catch (error) {
    if (excuse === undefined || !(error instanceof Mismatch)) throw error;
    return { value: true, detail: `as documented, ${excuse}: ${error.message}` };
  }
};
