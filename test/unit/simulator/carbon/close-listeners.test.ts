import { once } from 'node:events';
import { Agent, createServer, get, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { closeListeners } from '../../../../compose/wso2am/server/carbon/close-listeners.ts';
import { listenOnLoopback } from '../loopback-server.ts';

/** A server that answers when it is told to. */
const heldServer = async () => {
  let held: ServerResponse | undefined;
  const server = createServer((_request, response) => {
    held = response;
    server.emit('held');
  });
  const port = await listenOnLoopback(server);
  return { server, port, url: `http://127.0.0.1:${port}/`, answer: () => held?.end('late') };
};

describe('closing the listeners of a node', () => {
  it('lets a running request end', async () => {
    const { server, url, answer } = await heldServer();
    const running = fetch(url);
    await once(server, 'held');

    const closing = closeListeners([server], 10_000);
    answer();

    expect(await (await running).text()).toBe('late');
    expect(await closing).toBe(true);
  });

  it('accepts nothing new meanwhile', async () => {
    const { server, port, url, answer } = await heldServer();
    const running = fetch(url);
    await once(server, 'held');

    const closing = closeListeners([server], 10_000);
    const [refusal] = await once(connect(port, '127.0.0.1'), 'error');
    answer();
    await running;
    await closing;

    expect(refusal).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('does not wait for idle connections', async () => {
    const server = createServer((_request, response) => response.end());
    const port = await listenOnLoopback(server);
    const agent = new Agent({ keepAlive: true });
    const [answer] = await once(get({ port, host: '127.0.0.1', agent }), 'response');
    answer.resume();
    await once(answer, 'end');

    expect(await closeListeners([server], 10_000)).toBe(true);
    agent.destroy();
  });

  it('cuts off what runs longer than the limit', async () => {
    const { server, url } = await heldServer();
    const running = fetch(url);
    running.catch(() => undefined);
    await once(server, 'held');

    expect(await closeListeners([server], 20)).toBe(false);
    await expect(running).rejects.toThrow();
  });

  it('does not wait for a connection that is no HTTP', async () => {
    const server = createTcpServer();
    const port = await listenOnLoopback(server);
    const socket = connect(port, '127.0.0.1');
    await once(server, 'connection');

    expect(await closeListeners([server], 10_000)).toBe(true);
    socket.destroy();
  });
});
