import { type Docker, dockerStatus } from './docker.ts';
import { followEvents } from './events.ts';
import { observeContainers } from './observe.ts';

/** Milliseconds in which Docker tells of an end that it has already answered for. */
const PATIENCE = 10_000;

/**
 * Stops containers of a lab as their grace period allows; they stay for the next start. Docker answers a stop before its list
 * and its events know of it: who looked at once would see them run, and then die.
 */
export const stopNodes = async (docker: Docker, lab: string, nodes: readonly string[]): Promise<void> => {
  if (nodes.length === 0) return;
  const over = new AbortController();
  try {
    const events = await followEvents(docker, lab, over.signal);
    const containers = await observeContainers(docker, lab);
    const chosen = containers.filter(({ name }) => nodes.includes(name));
    const stopped = await Promise.all(chosen.map(async ({ id }) => ((await stop(docker, id)) ? [id] : [])));
    const awaited = new Set(stopped.flat());
    const late = setTimeout(() => over.abort(), PATIENCE).unref();
    if (awaited.size > 0) {
      for await (const { id, action } of events) {
        if (action === 'die') awaited.delete(id);
        if (awaited.size === 0) break;
      }
    }
    clearTimeout(late);
  } finally {
    over.abort();
  }
};

/** False for what stood still already, or was stopped by somebody else meanwhile: 304. */
const stop = async (docker: Docker, id: string): Promise<boolean> => {
  try {
    await docker.getContainer(id).stop();
    return true;
  } catch (error) {
    if (dockerStatus(error) === 304) return false;
    throw error;
  }
};
