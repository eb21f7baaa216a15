import { causalLine } from '../engine/causal-line.ts';
import { readLog } from '../engine/container-logs.ts';
import { dockerStatus } from '../engine/docker.ts';
import { followEvents } from '../engine/events.ts';
import type { ObservedContainer } from '../engine/observe.ts';
import { labError } from '../errors/lab-error.ts';
import { START_GRACE } from '../product/health.ts';
import type { FaultyLab } from './faulty-lab.ts';

/** Milliseconds until a node must be healthy again: what the product's slowest start is granted. */
const PATIENCE = START_GRACE.product * 1000;

/** Starts a container and resolves when it is healthy, as Docker's events tell. Fails with HEAL_FAILED. */
export const startAgain = async ({ docker, name }: FaultyLab, container: ObservedContainer): Promise<void> => {
  const over = new AbortController();
  const late = AbortSignal.timeout(PATIENCE);
  try {
    const events = await followEvents(docker, name, AbortSignal.any([over.signal, late]));
    await docker.getContainer(container.id).start().catch(startedByOthers);
    for await (const { node, action } of events) {
      if (node !== container.name) continue;
      if (action === 'health_status: healthy') return;
      if (action === 'die') throw await failure({ docker }, container, 'it exited while it started');
    }
    throw await failure({ docker }, container, `not healthy within ${PATIENCE / 1000} s`);
  } finally {
    over.abort();
  }
};

const failure = async (
  { docker }: Pick<FaultyLab, 'docker'>,
  { id, name: node }: ObservedContainer,
  why: string,
): Promise<Error> => {
  const evidence = causalLine(await readLog(docker, id));
  return labError('HEAL_FAILED', `${node} did not come back: ${why}`, {
    node,
    ...(evidence !== undefined && { evidence }),
  });
};

/** 304: somebody else started it meanwhile; that it gets healthy is told to everybody. */
const startedByOthers = (error: unknown): void => {
  if (dockerStatus(error) !== 304) throw error;
};
