import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BackendConnections } from '../../../../compose/wso2am/server/mediation/backend-connections.ts';
import { listenOnLoopback } from '../loopback-server.ts';

type BackendOptions = {
  /** Milliseconds until it answers. */
  readonly delay?: number;
  /** What it says of the life of its connections. */
  readonly keepAlive?: string;
};

/** A back end, and what it saw of connections. */
const startBackend = async ({ delay = 0, keepAlive }: BackendOptions = {}) => {
  const server = createServer((incoming, response) => {
    incoming.resume();
    if (keepAlive !== undefined) response.setHeader('Keep-Alive', keepAlive);
    setTimeout(() => response.end('pizza'), delay);
  });
  // Else the server closes idle connections itself, and announces that.
  server.keepAliveTimeout = 0;
  const opened: Socket[] = [];
  server.on('connection', (socket) => opened.push(socket));
  return { port: await listenOnLoopback(server), opened };
};

/** A call, until its connection is free again. */
const call = async (agent: BackendConnections, port: number): Promise<string> => {
  const outgoing = request({ host: '127.0.0.1', port, agent }).end();
  const closed = once(outgoing, 'close');
  const [answer] = await once(outgoing, 'response');
  const body = await text(answer);
  await closed;
  return body;
};

/** @param idleLimit milliseconds */
const connections = (idleLimit: number): BackendConnections => {
  const agent = new BackendConnections(idleLimit);
  onTestFinished(() => agent.destroy());
  return agent;
};

describe('connections to back ends', () => {
  it('are used again, call after call', async () => {
    const { port, opened } = await startBackend();
    const agent = connections(5_000);

    for (let calls = 0; calls < 5; calls += 1) expect(await call(agent, port)).toBe('pizza');
    expect(opened).toHaveLength(1);
  });

  it('are closed when idle for the limit, however often they were used', async () => {
    const { port, opened } = await startBackend();
    const agent = connections(50);

    for (let calls = 0; calls < 3; calls += 1) await call(agent, port);
    const [first] = opened;
    if (first && !first.destroyed) await once(first, 'close');
    expect(await call(agent, port)).toBe('pizza');
    expect(opened.at(-1)).not.toBe(first);
  });

  it('outlast the limit while an answer is awaited, new or used before', async () => {
    const { port } = await startBackend({ delay: 120 });
    const agent = connections(40);

    // One that were closed for being idle would end the call.
    expect([await call(agent, port), await call(agent, port)]).toEqual(['pizza', 'pizza']);
  });

  it('are not used again where the back end announces a life too short for that', async () => {
    const { port, opened } = await startBackend({ keepAlive: 'timeout=1' });
    const agent = connections(5_000);

    for (let calls = 0; calls < 3; calls += 1) await call(agent, port);
    expect(opened).toHaveLength(3);
  });

  it('are closed before the end of the life that the back end announces, however often they were used', async () => {
    const { port, opened } = await startBackend({ keepAlive: 'timeout=2' });
    const agent = connections(3_600_000);

    for (let calls = 0; calls < 3; calls += 1) await call(agent, port);
    const [first] = opened;
    if (first && !first.destroyed) await once(first, 'close');
    expect(first?.destroyed).toBe(true);
  });

  it('that were not there yet when a call was given up are not kept', async () => {
    const { port } = await startBackend();
    const agent = connections(5_000);
    const given = request({ host: '127.0.0.1', port, agent });
    const closed = new Promise((resolve) => given.once('close', resolve));
    given.on('error', () => undefined).destroy();
    await closed;

    const next = request({ host: '127.0.0.1', port, agent }).end();
    const [answer] = await once(next, 'response');
    expect([await text(answer), next.reusedSocket]).toEqual(['pizza', false]);
  });

  it('hold nothing of the call that is over', async () => {
    const { port } = await startBackend();
    const outgoing = request({ host: '127.0.0.1', port, agent: connections(5_000) }).end();
    const [answer] = await once(outgoing, 'response');
    const closed = once(outgoing, 'close');
    await text(answer);
    await closed;
    await nextTurn();
    expect(Object.entries(outgoing.socket ?? {}).filter(([, value]) => value === outgoing)).toEqual([]);
  });

  it('are bounded also after those that were idle have been closed', async () => {
    const { port, opened } = await startBackend();
    const agent = connections(50);
    await call(agent, port);
    agent.destroy();
    await call(agent, port);

    for (const socket of opened) if (!socket.destroyed) await once(socket, 'close');
    expect(opened).toHaveLength(2);
  });

  it('lead to one back end each', async () => {
    const [one, other] = [await startBackend(), await startBackend()];
    const agent = connections(5_000);

    for (const { port } of [one, other, one, other]) await call(agent, port);
    expect([one.opened.length, other.opened.length]).toEqual([1, 1]);
  });
});
