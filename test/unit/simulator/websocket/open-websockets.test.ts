import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket as BrowserWebSocket } from 'undici';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { signerOf, signJwt } from '../../../../compose/wso2am/server/keymanager/issuers/sign-jwt.ts';
import { renderWebSocketSequence } from '../../../../compose/wso2am/server/synapse/websocket-sequence.ts';
import { testAuthority } from '../loopback-tls.ts';
import { START, useSharedKey } from '../mediation/gateway-under-test.ts';
import { grantedInfo, refusedInfo } from '../mediation/sample-info.ts';
import { eventHubDouble } from '../subscription-data/event-hub-double.ts';
import {
  bearer,
  CONTEXT,
  connect,
  ending,
  exchange,
  opened,
  startBackend,
  startListener,
  tlsServer,
} from './websocket-under-test.ts';

useSharedKey();

describe('a connection to a WebSocket API', () => {
  it('passes messages both ways, as text and as bytes', async () => {
    const client = await connect(await startListener());

    expect(await exchange(client, 'hello')).toBe('HELLO');
    expect(await exchange(client, Buffer.from([0, 1, 255]))).toBe(String(Buffer.from([0, 1, 255])));
  });

  it('is open to a client as browsers have it, which can only show its token in the query', async () => {
    const listener = await startListener();
    const client = new BrowserWebSocket(`ws://127.0.0.1:${listener.port}${CONTEXT}?room=7&access_token=good`);
    await new Promise((resolve) => client.addEventListener('open', resolve));
    const answer = new Promise((resolve) => client.addEventListener('message', ({ data }) => resolve(data)));
    client.send('hello');

    expect(await answer).toBe('HELLO');
    expect(listener.backend.handshakes[0]?.url).toBe('/room?room=7');
    client.close();
  });

  it('works over TLS on either side', async () => {
    const authority = await testAuthority();
    const listener = await startListener();
    const secure = await startBackend(await tlsServer(listener.authority), 'wss');
    await listener.artifacts.sequences.deploy(renderWebSocketSequence(CONTEXT, 'PRODUCTION', secure.url));
    const url = `wss://localhost:${listener.securePort}${CONTEXT}`;
    const client = await opened(new WebSocket(url, { ...bearer('good'), ca: listener.authority.certificate }));

    expect(await exchange(client, 'hello')).toBe('HELLO');
    const distrustful = new WebSocket(url, { ...bearer('good'), ca: authority.certificate });
    await expect(opened(distrustful)).rejects.toThrow(/certificate/);
  });

  it('keeps the token from the back end, and tells it what else the client said', async () => {
    const listener = await startListener();
    await connect(listener, `${CONTEXT}?a=1`, { headers: { ...bearer('good').headers, 'X-Own': 'kept' } });
    const [handshake] = listener.backend.handshakes;

    expect(handshake?.headers).toMatchObject({ 'x-own': 'kept' });
    expect(handshake?.headers).not.toHaveProperty('authorization');
    expect(handshake?.url).toBe('/room?a=1');
  });

  it('speaks the subprotocol that the back end chose, or none', async () => {
    const listener = await startListener();

    expect((await connect(listener, CONTEXT, bearer('good'), ['chat.v1', 'chat.v2'])).protocol).toBe('chat.v2');
    expect((await connect(listener, CONTEXT, bearer('good'))).protocol).toBe('');
  });

  it('goes to the back end for the kind of key', async () => {
    const listener = await startListener();
    listener.keyManager.tokens.set('trial', grantedInfo({ type: 'SANDBOX' }));
    await expect(connect(listener, CONTEXT, bearer('trial'))).rejects.toThrow('404');
    const sandbox = await startBackend();
    await listener.artifacts.sequences.deploy(renderWebSocketSequence(CONTEXT, 'SANDBOX', sandbox.url));
    await connect(listener, CONTEXT, bearer('trial'));

    expect([listener.backend.handshakes.length, sandbox.handshakes.length]).toEqual([0, 1]);
  });

  it('ends for both with the code and the reason of whoever ends it', async () => {
    const listener = await startListener();
    const { backend } = listener;
    const first = await connect(listener);
    const atBackend = ending(backend.sockets[0] ?? first);
    first.close(4001, 'enough');
    expect(await atBackend).toBe('4001 enough');

    const second = await connect(listener);
    const atClient = ending(second);
    backend.sockets[1]?.close(4002, 'closing time');
    expect(await atClient).toBe('4002 closing time');
  });

  it('ends for both without a code when one does not say one, and breaks when one breaks', async () => {
    const listener = await startListener();
    const first = await connect(listener);
    const atBackend = ending(listener.backend.sockets[0] ?? first);
    first.close();
    expect(await atBackend).toBe('1005');

    const second = await connect(listener);
    const atClient = ending(second);
    listener.backend.sockets[1]?.terminate();
    expect(await atClient).toBe('1006');
  });

  it('takes messages of 64 KiB, and ends with a larger one', async () => {
    const listener = await startListener();
    const client = await connect(listener);
    expect((await exchange(client, 'x'.repeat(65_536))).length).toBe(65_536);
    const end = ending(client);
    client.send('x'.repeat(65_537));

    expect(await end).toMatch(/^1009/);
  });

  it('loses nothing when one side reads slower than the other writes', async () => {
    const listener = await startListener();
    const client = await connect(listener);
    client.pause();
    const [backend] = listener.backend.sockets;
    const sent = Array.from({ length: 400 }, (_, index) => String(index).padEnd(60_000, '.'));
    for (const message of sent) backend?.send(message);
    const heard: string[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('message', (data) => {
        if (heard.push(String(data)) === sent.length) resolve();
      });
    });
    client.resume();
    await all;

    expect(heard).toEqual(sent);
  });

  it('is told to go when the node stops', async () => {
    const listener = await startListener();
    const client = await connect(listener);
    const ends = Promise.all([ending(client), ending(listener.backend.sockets[0] ?? client)]);
    await listener.webSockets.close(5_000);

    expect(await ends).toEqual(['1001', '1001']);
  });

  it('is cut off when the node stops and the client does not answer', async () => {
    const listener = await startListener();
    const client = await connect(listener);
    client.pause();

    await listener.webSockets.close(1);
    const end = ending(client);
    client.resume();
    expect(await end).toMatch(/^100[16]$/);
  });
});

describe('a handshake', () => {
  it.each([
    ['without a token', CONTEXT, {}],
    ['with a wrong one', CONTEXT, bearer('wrong')],
    ['with another scheme', `${CONTEXT}?access_token=good`, { headers: { Authorization: 'Basic YTpi' } }],
    ['with a JWT of a stranger', CONTEXT, bearer('a.b.c')],
  ])('%s is refused with 401', async (_case, path, options) => {
    const listener = await startListener();

    await expect(connect(listener, path, options)).rejects.toThrow('401 Invalid Credentials');
    expect(listener.backend.handshakes).toEqual([]);
  });

  it('without a subscription is refused with 401', async () => {
    const listener = await startListener();
    listener.keyManager.tokens.set('other', refusedInfo(900908));

    await expect(connect(listener, CONTEXT, bearer('other'))).rejects.toThrow('401 Invalid Credentials');
  });

  it.each(['/', '/chat', `${CONTEXT}/`, `${CONTEXT}/room`, '/chat/2.0.0', '/_PRODUCTION_/chat/1.0.0', '/%2e%2e/x'])(
    'for %s, where no API is, is refused with 404',
    async (path) => {
      await expect(connect(await startListener(), path)).rejects.toThrow('404');
    },
  );

  it('is asked about once, while the caches keep the answer', async () => {
    const listener = await startListener();
    await connect(listener);
    await connect(listener);
    for (const token of ['wrong', 'wrong']) await expect(connect(listener, CONTEXT, bearer(token))).rejects.toThrow();

    expect(listener.keyManager.asked).toEqual(['validateKeyforHandshake good', 'validateKeyforHandshake wrong']);
  });

  it('is refused with 500 while the Key Manager is away', async () => {
    const listener = await startListener();
    listener.keyManager.broken = true;

    await expect(connect(listener)).rejects.toThrow('500 Unclassified Authentication Failure');
    expect(listener.lines.at(-1)).toMatch(/^ERROR Error while accessing backend services for API key validation/);
  });

  it('is refused with 500 where the back end is away, or is none of WebSocket', async () => {
    const listener = await startListener();
    const deploy = (url: string) =>
      listener.artifacts.sequences.deploy(renderWebSocketSequence(CONTEXT, 'PRODUCTION', url));

    for (const url of ['ws://127.0.0.1:1/', `ws://127.0.0.1:${listener.port}/`, 'http://127.0.0.1/', 'no url']) {
      await deploy(url);
      await expect(connect(listener)).rejects.toThrow('500 Error connecting to the back end');
    }
  });

  it('with a JWT is judged by its claims, and the Key Manager is not asked', async () => {
    const listener = await startListener();
    const api = { name: 'Chat', context: CONTEXT, version: '1.0.0', publisher: 'admin', subscriptionTier: 'Gold' };
    const signer = signerOf(listener.context.primaryKey);
    const claims = { exp: START / 1000 + 60, subscribedAPIs: [api] };
    const tokenOf = (changes: object = {}) => signJwt(signer, { typ: 'JWT' }, { ...claims, ...changes });

    expect(await exchange(await connect(listener, CONTEXT, bearer(tokenOf())), 'hello')).toBe('HELLO');
    const expired = bearer(tokenOf({ exp: START / 1000 }));
    await expect(connect(listener, CONTEXT, expired)).rejects.toThrow('401');
    expect(listener.keyManager.asked).toEqual([]);
  });

  it.each([
    ['a plain request', `GET ${CONTEXT} HTTP/1.1\r\nHost: gw\r\n\r\n`, /^HTTP\/1\.1 400 /],
    [
      'one without a key',
      `GET ${CONTEXT}?access_token=good HTTP/1.1\r\nHost: gw\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      /^HTTP\/1\.1 400 /,
    ],
    ['nonsense', 'EHLO gw\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a header that is too long',
      `GET ${CONTEXT} HTTP/1.1\r\nHost: gw\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
  ])('that is %s is refused, and the connection closed', async (_case, bytes, expected) => {
    const listener = await startListener();
    const socket = connectTcp(listener.port, '127.0.0.1');
    socket.write(bytes);

    expect(await text(socket)).toMatch(expected);
    expect(await exchange(await connect(listener), 'still there')).toBe('STILL THERE');
  });

  it('in a version that is not spoken leaves no connection at the back end', async () => {
    const listener = await startListener();
    const client = connectTcp(listener.port, '127.0.0.1');
    client.write(
      `GET ${CONTEXT}?access_token=good HTTP/1.1\r\nHost: gw\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: bm8gc2l4dGVlbg==\r\n\r\n`,
    );
    await text(client);
    const [socket] = listener.backend.sockets;

    expect(socket).toBeDefined();
    if (socket && socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
  });
});

describe('a handshake in 3.2.0', () => {
  const PIZZA = '/pizzashack/1.0.0';

  it('is judged in the gateway: by introspection or the JWT, and the subscription in memory', async () => {
    const hub = eventHubDouble();
    await hub.data.load();
    const listener = await startListener({ version: '3.2.0', parts: { subscriptionData: hub.data } });
    const { artifacts, backend, context, keyManager } = listener;
    await artifacts.sequences.deploy(renderWebSocketSequence(PIZZA, 'PRODUCTION', backend.url));
    const exp = START / 1000 + 60;
    keyManager.introspected.set('opaque', { active: true, client_id: 'key', username: 'admin@carbon.super', exp });
    keyManager.introspected.set('stranger', { active: true, client_id: 'another', username: 'x@carbon.super', exp });
    const signer = signerOf(context.primaryKey);
    const iss = 'https://km.lab:9443/oauth2/token';
    const jwt = signJwt(signer, { kid: signer.keyId }, { sub: 'admin@carbon.super', azp: 'key', iss, exp });

    for (const token of ['opaque', jwt]) {
      expect(await exchange(await connect(listener, PIZZA, bearer(token)), 'hello')).toBe('HELLO');
    }
    for (const token of ['stranger', 'unknown']) {
      await expect(connect(listener, PIZZA, bearer(token))).rejects.toThrow('401 Invalid Credentials');
    }
    expect(keyManager.asked.filter((each) => each.startsWith('validateKey'))).toEqual([]);
  });
});
