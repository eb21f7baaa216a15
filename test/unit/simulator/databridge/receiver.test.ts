import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXCEPTION, encodeAnswer } from '../../../../compose/wso2am/server/databridge/answers.ts';
import { encodeEvent } from '../../../../compose/wso2am/server/databridge/encode-event.ts';
import { FRAME_LIMIT } from '../../../../compose/wso2am/server/databridge/receiver/limits.ts';
import { encodeLogin, encodeLogout, encodePublish } from '../../../../compose/wso2am/server/databridge/requests.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { connectPeer, type Peer } from './peer.ts';
import { numbered, THROTTLE_EVENT } from './sample-events.ts';
import { type StartedReceiver, startReceiver } from './start-receiver.ts';

const MINUTE = 60_000;
const SESSION_BYTES = 5 + 36;
const UNKNOWN = 'c1f4f2b8-8f3b-4a55-9b1c-1b0f7e1d2a33';

let authority: Credential;
let server: Credential;

beforeAll(async () => {
  authority = await testAuthority();
  server = await serverCredential(authority, 'localhost');
});

const logIn = async ({ tlsPort }: StartedReceiver): Promise<string> => {
  const peer = await connectPeer(tlsPort, authority.certificate);
  peer.send(encodeLogin('admin', 'admin'));
  return (await peer.read(SESSION_BYTES)).toString('utf8', 5);
};

const event = (number: number): Buffer => encodeEvent({ ...THROTTLE_EVENT, payload: numbered(number) });

const refusal = (className: string, message: string): Buffer => encodeAnswer({ kind: 'error', className, message });

/** Asks for the end of a session nobody has: a live connection answers with one byte. */
const isServed = async (peer: Peer): Promise<boolean> => {
  peer.send(encodeLogout(UNKNOWN));
  return (await peer.read(1)).equals(Buffer.of(0));
};

describe('the binary event receiver', () => {
  it('says on which ports it has started, in the words of the product', async () => {
    const { lines, port, tlsPort } = await startReceiver(server);

    expect(lines).toEqual([
      `INFO BinaryDataReceiver Started Binary TCP Transport on port : ${port}`,
      `INFO BinaryDataReceiver Started Binary SSL Transport on port : ${tlsPort}`,
    ]);
  });

  it('takes events over TCP within a session that was opened over TLS', async () => {
    const started = await startReceiver(server);
    const session = await logIn(started);
    const peer = await connectPeer(started.port);

    peer.send(encodePublish(session, [event(1), event(2)]));

    expect(await peer.read(1)).toEqual(Buffer.of(0));
    expect(started.events.map(({ payload }) => payload)).toEqual([numbered(1), numbered(2)]);
    expect(started.lines).toContain('INFO DataBridge user admin connected');
  });

  it('answers requests in their order on one connection', async () => {
    const started = await startReceiver(server);
    const session = await logIn(started);
    const peer = await connectPeer(started.port);

    peer.send(
      Buffer.concat([
        encodePublish(session, [event(1)]),
        encodePublish(UNKNOWN, [event(2)]),
        encodeLogin('admin', 'wrong'),
        encodePublish(session, [event(3)]),
      ]),
    );

    const answers = Buffer.concat([
      Buffer.of(0),
      refusal(EXCEPTION.sessionTimeout, `${UNKNOWN} expired`),
      refusal(EXCEPTION.authentication, 'wrong userName or password'),
      Buffer.of(0),
    ]);
    expect(await peer.read(answers.length)).toEqual(answers);
    expect(started.events.map(({ payload }) => payload.messageID)).toEqual(['m1', 'm3']);
    expect(started.lines).toContain('ERROR Authenticator wrong userName or password');
  });

  it('refuses log-ins while the users cannot be asked, and goes on', async () => {
    const authenticate = async (): Promise<boolean> => {
      throw new Error('no database');
    };
    const { port } = await startReceiver(server, { authenticate });
    const peer = await connectPeer(port);

    peer.send(encodeLogin('admin', 'admin'));

    const answer = refusal(EXCEPTION.authentication, 'Error while authenticating the user');
    expect(await peer.read(answer.length)).toEqual(answer);
    expect(await isServed(peer)).toBe(true);
  });

  it('forgets a session thirty minutes after its log-in', async () => {
    const started = await startReceiver(server);
    const session = await logIn(started);
    const peer = await connectPeer(started.port);

    started.clock.advance(30 * MINUTE);
    peer.send(encodePublish(session, [event(1)]));

    const answer = refusal(EXCEPTION.sessionTimeout, `${session} expired`);
    expect(await peer.read(answer.length)).toEqual(answer);
    expect(started.events).toEqual([]);
  });

  it('forgets a session at its log-out', async () => {
    const started = await startReceiver(server);
    const session = await logIn(started);
    const peer = await connectPeer(started.port);

    peer.send(Buffer.concat([encodeLogout(session), encodePublish(session, [])]));

    const answers = Buffer.concat([Buffer.of(0), refusal(EXCEPTION.sessionTimeout, `${session} expired`)]);
    expect(await peer.read(answers.length)).toEqual(answers);
    expect(started.lines).toContain('INFO DataBridge user admin disconnected');
  });

  it('drops the whole bundle when one of its streams is unknown, and tells only the log', async () => {
    const started = await startReceiver(server);
    const session = await logIn(started);
    const peer = await connectPeer(started.port);
    const unknown = encodeEvent({ ...THROTTLE_EVENT, stream: { ...THROTTLE_EVENT.stream, id: 'nobody:1.0.0' } });

    peer.send(encodePublish(session, [event(1), unknown]));

    expect(await peer.read(1)).toEqual(Buffer.of(0));
    expect(started.events).toEqual([]);
    expect(started.lines).toContain('ERROR QueueWorker Dropping wrongly formatted event sent ');
  });

  it('goes on when the consumer fails over an event', async () => {
    const failing = failsOnce();
    const started = await startReceiver(server, { onEvent: failing });
    const session = await logIn(started);
    const peer = await connectPeer(started.port);

    peer.send(encodePublish(session, [event(1), event(2)]));

    expect(await peer.read(1)).toEqual(Buffer.of(0));
    expect(started.events.map(({ payload }) => payload.messageID)).toEqual(['m2']);
    expect(await started.line('Error in passing event')).toContain('org.wso2.throttle.request.stream:1.0.0');
  });
});

/** A consumer that fails over the first event. */
const failsOnce = (): (() => void) => {
  let calls = 0;
  return () => {
    calls += 1;
    if (calls === 1) throw new Error('consumer');
  };
};

describe('a peer that misbehaves', () => {
  it.each([
    ['announces more than a frame may have', `02 ${(FRAME_LIMIT + 1).toString(16).padStart(8, '0')}`],
    ['announces a negative length', '02 ffffffff'],
    ['asks for what does not exist', '07 00000000'],
    ['sends a log-in that does not fit its frame', '00 00000008 00000005 00000005'],
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n').toString('hex')],
  ])('loses its own connection only: it %s', async (_, bytes) => {
    const started = await startReceiver(server);
    const [other, peer] = [await connectPeer(started.port), await connectPeer(started.port)];

    peer.send(bytes);

    expect(await peer.rest()).toEqual(Buffer.alloc(0));
    expect(await isServed(other)).toBe(true);
    expect(await started.line('ERROR')).toMatch(/^ERROR BinaryDataReceiver Error while reading from the socket\. ./);
  });

  it('is cut off when it does not finish a frame within thirty seconds, however it drips', async () => {
    const started = await startReceiver(server);
    const peer = await connectPeer(started.port);
    // The answer to the first request shows that the first bytes of the next have arrived with it.
    peer.send(Buffer.concat([encodeLogout(UNKNOWN), Buffer.of(2, 0, 0)]));
    expect(await peer.read(1)).toEqual(Buffer.of(0));

    started.clock.advance(30_000);

    expect(await peer.rest()).toEqual(Buffer.alloc(0));
    expect(await started.line('Read timed out')).toContain('ERROR BinaryDataReceiver');
  });

  it('is not cut off between requests', async () => {
    const started = await startReceiver(server);
    const peer = await connectPeer(started.port);
    expect(await isServed(peer)).toBe(true);

    started.clock.advance(30_000);

    expect(await isServed(peer)).toBe(true);
  });

  it('leaves a line when it goes away within a frame, and none between frames', async () => {
    const started = await startReceiver(server);
    const [polite, rude] = [await connectPeer(started.port), await connectPeer(started.port)];
    polite.socket.end();
    await once(polite.socket, 'close');
    rude.send('02 000000ff 0000');
    rude.socket.end();
    await once(rude.socket, 'close');

    expect(started.lines.filter((line) => line.startsWith('ERROR'))).toEqual([
      'ERROR BinaryDataReceiver Error while reading from the socket. Connection closed from remote end.',
    ]);
  });

  it('leaves a line when it speaks in clear to the TLS port, and none when it only looks whether that is open', async () => {
    const started = await startReceiver(server);
    const check = await connectPeer(started.tlsPort);
    check.socket.end();
    await once(check.socket, 'close');

    const plain = await connectPeer(started.tlsPort);
    plain.send(encodeLogin('admin', 'admin'));
    await plain.rest();

    await started.line('ERROR');
    expect(started.lines.filter((line) => line.startsWith('ERROR'))).toEqual([
      expect.stringMatching(/^ERROR BinaryDataReceiver Error while reading from the socket\. .*wrong version number/),
    ]);
  });

  it('cannot make the receiver hold more than its memory: the largest unfinished frame goes', async () => {
    const started = await startReceiver(server);
    const small = await connectPeer(started.port);
    small.send(Buffer.concat([encodeLogout(UNKNOWN), encodeLogout(UNKNOWN).subarray(0, 20)]));
    expect(await small.read(1)).toEqual(Buffer.of(0));
    const length = Buffer.alloc(4);
    length.writeInt32BE(FRAME_LIMIT);
    const unfinished = Buffer.concat([Buffer.of(2), length, Buffer.alloc(FRAME_LIMIT - 1)]);

    const large = await Promise.all(Array.from({ length: 9 }, () => connectPeer(started.port)));
    for (const peer of large) peer.send(unfinished);

    expect(await started.line('Unfinished frames')).toContain('67108864 bytes');
    small.send(encodeLogout(UNKNOWN).subarray(20));
    expect(await small.read(1)).toEqual(Buffer.of(0));
  });
});

describe('a receiver that closes', () => {
  it('answers the request in hand, ends idle connections, and takes no more', async () => {
    let admit = (_: boolean): void => undefined;
    const asked = new Promise<boolean>((resolve) => {
      admit = resolve;
    });
    const started = await startReceiver(server, { authenticate: () => asked });
    const [idle, busy] = [await connectPeer(started.port), await connectPeer(started.port)];
    busy.send(encodeLogin('admin', 'admin'));
    await started.line('user admin connected');

    const closed = started.receiver.close(10_000);
    expect(await idle.rest()).toEqual(Buffer.alloc(0));
    admit(true);

    expect(await busy.rest()).toHaveLength(SESSION_BYTES);
    await closed;
    expect(started.receiver.databridge.listening).toBe(false);
    expect(started.receiver.databridgeTls.listening).toBe(false);
    expect(started.lines.at(-1)).toBe('INFO BinaryDataReceiver Successfully stopped Binary server');
  });

  it('cuts off what still runs at its limit', async () => {
    const started = await startReceiver(server, { authenticate: () => new Promise(() => undefined) });
    const busy = await connectPeer(started.port);
    busy.send(encodeLogin('admin', 'admin'));
    await started.line('user admin connected');

    const closed = started.receiver.close(10_000);
    started.clock.advance(10_000);

    expect(await busy.rest()).toEqual(Buffer.alloc(0));
    await closed;
  });
});
