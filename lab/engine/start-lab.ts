import { setTimeout as delay } from 'node:timers/promises';
import { labError } from '../errors/lab-error.ts';
import type { Plan, StartEdge } from '../plan/plan.ts';
import { causalLine } from './causal-line.ts';
import { readLog } from './container-logs.ts';
import { type Docker, dockerStatus } from './docker.ts';
import { type ContainerEvent, followEvents } from './events.ts';
import { Gate } from './gate.ts';
import type { Emit } from './lab-event.ts';
import { type ObservedContainer, observeContainers } from './observe.ts';

export type StartInput = {
  readonly docker: Docker;
  readonly plan: Plan;
  readonly emit: Emit;
  /** Milliseconds that the whole start may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** What the healthy MySQL in a container needs before nodes may open it; nothing when left out. */
  readonly fillDatabase?: (container: string) => Promise<void>;
  /** Rejects when a node that has become healthy is not what it should be. */
  readonly verify: (node: string, container: string) => Promise<void>;
};

/**
 * Starts every container of a lab as soon as the start graph allows, and resolves when all are healthy.
 * Waits are driven by Docker's events. Fails at once when a container dies (NODE_EXITED), turns unhealthy
 * (NODE_UNHEALTHY), or the time is over (START_TIMEOUT); whatever runs is left running for inspection.
 */
export const startLab = async ({
  docker,
  plan,
  emit,
  timeout,
  signal,
  fillDatabase,
  verify,
}: StartInput): Promise<void> => {
  const ended = new AbortController();
  const began = performance.now();
  const at = () => performance.now() - began;
  const states = new Map<string, 'waiting' | 'starting' | 'healthy'>();
  const gates = new Map<string, Gate>();

  const events = await followEvents(docker, plan.lab, ended.signal);
  const containers = await observeContainers(docker, plan.lab);
  for (const { name } of containers) gates.set(name, new Gate());

  const settled = (name: string) => {
    states.set(name, 'healthy');
    gates.get(name)?.open();
  };

  const bring = async (container: ObservedContainer) => {
    const { name } = container;
    if (states.get(name) === 'healthy') return;
    const edges = plan.start.filter((edge) => edge.from === name);
    const stillOpen = () => edges.filter((edge) => states.get(edge.to) !== 'healthy');
    for (let open = stillOpen(); open.length > 0; open = stillOpen()) {
      states.set(name, 'waiting');
      const waitsFor = open.map(({ to }) => to);
      emit({ kind: 'node', node: name, state: 'waiting', waitsFor, why: whyOf(open), at: at() });
      await Promise.race(open.map((edge) => gates.get(edge.to)?.opened));
    }
    ended.signal.throwIfAborted();
    states.set(name, 'starting');
    emit({ kind: 'node', node: name, state: 'starting', at: at() });
    // Docker calls a woken container unhealthy until its next regular check, half a minute at most.
    if (container.state === 'paused') await docker.getContainer(container.id).unpause();
    else if (container.state !== 'running') await start(docker, container);
    await gates.get(name)?.opened;
  };

  const watch = async () => {
    for await (const event of events) {
      if (event.action === 'health_status: healthy') {
        if (event.node === plan.database.name) await fillDatabase?.(event.id);
        await verify(event.node, event.id);
        emit({ kind: 'node', node: event.node, state: 'healthy', at: at() });
        settled(event.node);
      } else if (event.action === 'die' || event.action === 'health_status: unhealthy') {
        emit({ kind: 'node', node: event.node, state: 'failed', at: at() });
        throw await failureOf(docker, plan, event);
      }
    }
  };

  const expire = async () => {
    await delay(timeout, undefined, { signal: AbortSignal.any([ended.signal, signal]) });
    throw timeoutError(timeout, states, plan.start);
  };

  const bringAll = async () => {
    // What is healthy first, or others would be seen waiting for it.
    for (const { id, name, state, health } of containers) {
      if (state !== 'running' || health !== 'healthy') continue;
      if (name === plan.database.name) await fillDatabase?.(id);
      settled(name);
    }
    await Promise.all(containers.map(bring));
  };
  const all = bringAll();
  const watching = watch();
  const expiring = expire();
  // The losers of the race end with errors of their own.
  for (const each of [all, watching, expiring]) each.catch(() => undefined);
  try {
    await Promise.race([all, watching, expiring]);
  } catch (error) {
    // What an interruption breaks off fails in many ways; it alone is the cause.
    signal.throwIfAborted();
    throw error;
  } finally {
    ended.abort();
  }
};

const start = async (docker: Docker, { id, name }: ObservedContainer): Promise<void> => {
  try {
    await docker.getContainer(id).start();
  } catch (error) {
    // 304: somebody else started it meanwhile.
    if (dockerStatus(error) === 304) return;
    const evidence = error instanceof Error ? error.message : String(error);
    const code = /port is already allocated|address already in use/.test(evidence) ? 'PORT_IN_USE' : 'DOCKER_FAILED';
    throw labError(code, `${name} cannot be started`, { node: name, evidence }, { cause: error });
  }
};

/** The product goes on for hundreds of lines after the one that tells why it will not start. */
const LOG_LINES = 5000;

const failureOf = async (docker: Docker, plan: Plan, event: ContainerEvent): Promise<Error> => {
  const line = causalLine(await readLog(docker, event.id, LOG_LINES).catch(unlessGone('')));
  const facts = {
    node: event.node,
    hint: `read its log with "apim-lab logs ${event.node} --lab ${plan.lab}"`,
    ...(line !== undefined && { evidence: line }),
  };
  if (event.action !== 'die') {
    return labError('NODE_UNHEALTHY', `${event.node} runs but does not answer its health check`, facts);
  }
  const code = event.node === plan.database.name ? 'DATABASE_UNREACHABLE' : 'NODE_EXITED';
  if (await wasOutOfMemory(docker, event.id)) {
    return labError(code, `${event.node} was killed while starting: it wanted more memory than its container may use`, {
      ...facts,
      hint: 'give the node more by "memory" in the topology file, or a smaller heap by "jvmOptions"',
    });
  }
  return labError(code, `${event.node} exited with ${event.exitCode ?? 'no code'} while starting`, facts);
};

const wasOutOfMemory = async (docker: Docker, id: string): Promise<boolean> =>
  (await docker.getContainer(id).inspect().catch(unlessGone(undefined)))?.State.OOMKilled ?? false;

/** A container that somebody removes while it starts takes its log along: gone (404) or going (409). */
const unlessGone =
  <T>(instead: T) =>
  (error: unknown): T => {
    const status = dockerStatus(error);
    if (status === 404 || status === 409) return instead;
    throw error;
  };

const timeoutError = (timeout: number, states: ReadonlyMap<string, string>, edges: readonly StartEdge[]): Error => {
  const seconds = Math.round(timeout / 1000);
  const starting = [...states].filter(([, state]) => state === 'starting').map(([name]) => name);
  const waiting = edges
    .filter(({ from, to }) => states.get(from) === 'waiting' && states.get(to) !== 'healthy')
    .map(({ from, to, why }) => `${from} waits for ${to}: ${why}`);
  return labError('START_TIMEOUT', `not healthy after ${seconds} s: ${starting.join(', ')}`, {
    ...(starting[0] !== undefined && { node: starting[0] }),
    ...(waiting.length > 0 && { evidence: waiting.join('\n') }),
  });
};

const whyOf = (edges: readonly StartEdge[]): string => edges.map(({ why }) => why).join('; ');
