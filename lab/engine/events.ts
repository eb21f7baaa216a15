import { z } from 'zod';
import { LABELS } from '../render/compose/labels.ts';
import type { Docker } from './docker.ts';

/** Something that happened to a container of a lab. */
export type ContainerEvent = {
  readonly node: string;
  readonly id: string;
  /** `start`, `die`, `health_status: healthy`, `health_status: unhealthy`, `oom`, ... */
  readonly action: string;
  readonly exitCode: number | undefined;
};

const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

/** Execs of health checks make events by the hundred; only these tell something about a start. */
const ACTIONS = ['start', 'die', 'oom', 'health_status'];

/** Container events of a lab from now on. Ends when `signal` aborts. The stream is open when the promise resolves. */
export const followEvents = async (
  docker: Docker,
  lab: string,
  signal: AbortSignal,
): Promise<AsyncIterable<ContainerEvent>> => {
  const stream = await docker.getEvents({
    filters: { type: ['container'], label: [`${LABELS.lab}=${lab}`], event: ACTIONS },
    abortSignal: signal,
  });
  return parseEvents(stream, signal);
};

async function* parseEvents(stream: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<ContainerEvent> {
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.trim() !== '')) yield toEvent(line);
    }
  } catch (error) {
    // Aborting the request ends the stream with an error of its own.
    if (!signal.aborted) throw error;
  }
}

const toEvent = (line: string): ContainerEvent => {
  const { Action, Actor } = eventSchema.parse(JSON.parse(line));
  const { exitCode, [LABELS.node]: node = '' } = Actor.Attributes;
  return { node, id: Actor.ID, action: Action, exitCode: exitCode === undefined ? undefined : Number(exitCode) };
};
