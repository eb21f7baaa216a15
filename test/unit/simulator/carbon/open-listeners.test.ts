import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openListeners } from '../../../../compose/wso2am/server/carbon/open-listeners.ts';
import { StartFailure } from '../../../../compose/wso2am/server/carbon/start-failure.ts';
import { listenOnLoopback } from '../loopback-server.ts';

describe('opening the listeners of a node', () => {
  it('names the port that is taken, and leaves none of the others open', async () => {
    const taken = await listenOnLoopback(createServer());
    const first = createServer();
    const servers = [
      { listener: 'amqp', port: 0, server: first },
      { listener: 'https', port: taken, server: createServer() },
    ] as const;

    await expect(openListeners(servers, '127.0.0.1')).rejects.toThrow(
      new StartFailure(
        'org.wso2.carbon.tomcat.internal.ServerManager',
        `Failed to start the listener on port ${taken} (servlet HTTPS: consoles, admin services, REST APIs): Address already in use (Bind failed)`,
      ),
    );
    expect(first.listening).toBe(false);
  });

  it('opens them in their order', async () => {
    const order: string[] = [];
    const planned = (['amqp', 'http', 'https'] as const).map((listener) => {
      const server = createServer();
      server.once('listening', () => order.push(listener));
      return { listener, port: 0, server };
    });

    await openListeners(planned, '127.0.0.1');
    for (const { server } of planned) server.close();

    expect(order).toEqual(['amqp', 'http', 'https']);
  });
});
