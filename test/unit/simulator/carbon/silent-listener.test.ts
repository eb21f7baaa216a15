import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { silentListener } from '../../../../compose/wso2am/server/carbon/silent-listener.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { rawExchange } from '../raw-exchange.ts';

const startSilent = async () => {
  const calls: string[] = [];
  const server = silentListener('amqp', 'the message broker', (what) => calls.push(what));
  return { calls, server, port: await listenOnLoopback(server) };
};

describe('a listener whose protocol is not simulated', () => {
  it('hangs up on whoever speaks, and says so', async () => {
    const { calls, port } = await startSilent();

    expect(await rawExchange(port, 'AMQP\x00\x00\x09\x01')).toBe('');
    expect(calls).toEqual([`the message broker (amqp, port ${port}), called from 127.0.0.1`]);
  });

  it('lets a port check come and go', async () => {
    const { calls, server, port } = await startSilent();
    const check = connect(port, '127.0.0.1');
    const [accepted] = await once(server, 'connection');
    check.end();
    await once(accepted, 'close');

    expect(calls).toEqual([]);
  });
});
