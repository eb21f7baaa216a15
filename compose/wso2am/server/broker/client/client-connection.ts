import type { Socket } from 'node:net';
import { LIMITS, PATIENCE } from '../limits.ts';
import { keepPulse, type Pulse } from '../session/heartbeats.ts';
import { plainResponse } from '../session/plain-response.ts';
import type { Timers } from '../timers.ts';
import { FrameSink } from '../wire/frame-sink.ts';
import { FrameSource } from '../wire/frame-source.ts';
import { PROTOCOL_HEADER } from '../wire/frames.ts';
import { METHODS, type Method, type Named } from '../wire/methods.ts';
import type { BrokerUrl } from './broker-url.ts';

/** An open connection to a broker, on whose frames a listener goes on. */
export type ClientConnection = {
  readonly source: FrameSource;
  readonly sink: FrameSink;
  /** `127.0.0.1:40222`, ours. */
  readonly localAddress: string;
  /** Sends a method and waits for its answer. @throws Error the broker refuses, or is gone */
  call<N extends Method['name']>(channel: number, request: Buffer, answer: N): Promise<Named<N>>;
  /** Says goodbye and ends the socket. */
  close(): void;
};

/**
 * The client's side up to `open-ok`, as an Andes client goes it: SASL PLAIN, whatever the server offers in `tune`, the virtual
 * host with a slash before it (wire.md 5.7).
 * @throws Error the broker refuses, or is gone
 */
export const openConnection = async (
  socket: Socket,
  url: Pick<BrokerUrl, 'username' | 'password' | 'virtualHost'>,
  timers: Timers,
): Promise<ClientConnection> => {
  let pulse: Pulse | undefined;
  const sink = new FrameSink(socket);
  const source = new FrameSource(socket, LIMITS.frameMax, () => pulse?.heard());
  const expect = async <N extends Method['name']>(name: N, channel = 0): Promise<Named<N>> => {
    const method = await source.expect(name, channel);
    if (!method) throw new Error('the broker closed the connection');
    return method;
  };

  const stopWaiting = timers.after(PATIENCE.handshake, () => socket.destroy());
  try {
    sink.bytes(PROTOCOL_HEADER);
    await expect('connectionStart');
    sink.method(
      0,
      METHODS.connectionStartOk.encode({
        clientProperties: new Map([['product', 'apim-lab']]),
        mechanism: 'PLAIN',
        response: plainResponse(url),
        locale: 'en_US',
      }),
    );
    const { fields: tune } = await expect('connectionTune');
    sink.method(0, METHODS.connectionTuneOk.encode(tune));
    if (tune.frameMax !== 0) source.frameMax = tune.frameMax;
    const virtualHost = `/${url.virtualHost}`;
    sink.method(0, METHODS.connectionOpen.encode({ virtualHost, capabilities: '', insist: true }));
    await expect('connectionOpenOk');
    pulse = keepPulse(
      tune.heartbeat,
      sink,
      timers,
      () => false,
      () => socket.destroy(),
    );
    socket.once('close', () => pulse?.stop());
  } catch (cause) {
    socket.destroy();
    throw cause;
  } finally {
    stopWaiting();
  }

  return {
    source,
    sink,
    localAddress: `${socket.localAddress}:${socket.localPort}`,
    call: (channel, request, answer) => {
      sink.method(channel, request);
      return expect(answer, channel);
    },
    close: () => {
      sink.method(0, METHODS.connectionClose.encode({ replyCode: 200, replyText: '', classId: 0, methodId: 0 }));
      // The answer is not waited for: whatever it is, the socket goes.
      process.nextTick(() => socket.destroySoon());
    },
  };
};
