import { describe, expect, it } from 'vitest';
import { useSharedKey } from '../mediation/gateway-under-test.ts';
import { connect, exchange, startListener } from './websocket-under-test.ts';

useSharedKey();

const PUBLISHING = { tables: { 'apim.throttling': { enable_data_publishing: true } } };
const THROTTLED = 'Websocket frame throttled out';

const throttle = (throttleKey: string, isThrottled = true) => ({
  throttleKey,
  isThrottled,
  expiryTimeStamp: Date.now() + 60_000,
});

describe('frames of a connection', () => {
  it('are told to the Traffic Managers one by one, of both sides, and the handshake is not', async () => {
    const listener = await startListener(PUBLISHING);
    const client = await connect(listener);
    expect(listener.events).toEqual([]);
    await exchange(client, 'hello');

    const event = {
      appKey: '7:anna@carbon.super',
      appTier: 'Unlimited',
      apiKey: '/chat/1.0.0:1.0.0',
      apiTier: '50KPerMin',
      subscriptionKey: '7:/chat/1.0.0:1.0.0',
      subscriptionTier: 'Bronze',
      resourceKey: '/chat/1.0.0:1.0.0',
      resourceTier: '50KPerMin',
      userId: 'anna@carbon.super',
      apiContext: '/chat/1.0.0',
      apiVersion: '1.0.0',
      appTenant: 'carbon.super',
      apiTenant: 'carbon.super',
      appId: '7',
      apiName: 'Chat',
      properties: '{"ip":2130706433,"messageSize":5}',
    };
    expect(listener.events).toEqual([
      { ...event, messageID: expect.stringMatching(/^urn:uuid:/) },
      { ...event, messageID: expect.stringMatching(/^urn:uuid:/) },
    ]);
  });

  it.each([
    ['API', '/chat/1.0.0:1.0.0_default'],
    ['subscription', '7:/chat/1.0.0:1.0.0'],
    ['application', '7:anna@carbon.super'],
  ])('over the quota of the %s are dropped, with a word to the client, and are not counted', async (_level, key) => {
    const listener = await startListener(PUBLISHING);
    const client = await connect(listener);
    listener.decisions.apply(throttle(key));

    expect(await exchange(client, 'hello')).toBe(THROTTLED);
    expect(listener.events).toEqual([]);
    listener.decisions.apply(throttle(key, false));
    expect(await exchange(client, 'hello')).toBe('HELLO');
  });

  it('of the back end are dropped too', async () => {
    const listener = await startListener();
    const client = await connect(listener);
    listener.decisions.apply(throttle('7:anna@carbon.super'));
    const heard = new Promise((resolve) => client.once('message', (data) => resolve(String(data))));
    listener.backend.sockets[0]?.send('news');

    expect(await heard).toBe(THROTTLED);
  });

  it('are not told to anybody where publishing is off', async () => {
    const listener = await startListener({ tables: { 'apim.throttling': { enable_data_publishing: false } } });
    await exchange(await connect(listener), 'hello');

    expect(listener.events).toEqual([]);
  });

  it('do not keep a throttled client from a new connection', async () => {
    const listener = await startListener();
    listener.decisions.apply(throttle('7:anna@carbon.super'));

    expect(await exchange(await connect(listener), 'hello')).toBe(THROTTLED);
  });
});
