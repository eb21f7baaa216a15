import { once } from 'node:events';
import type { Server } from 'node:net';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBytes } from '../../../../compose/wso2am/server/databridge/byte-reader.ts';
import { decodeEvent, UnknownStream } from '../../../../compose/wso2am/server/databridge/decode-event.ts';
import { encodeEvent } from '../../../../compose/wso2am/server/databridge/encode-event.ts';
import { MalformedMessage } from '../../../../compose/wso2am/server/databridge/malformed-message.ts';
import { encodeLogin, encodeLogout, encodePublish } from '../../../../compose/wso2am/server/databridge/requests.ts';
import { streamsOf } from '../../../../compose/wso2am/server/databridge/streams.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { mutate, seeded } from './mutate.ts';
import { connectPeer } from './peer.ts';
import { THROTTLE_EVENT } from './sample-events.ts';
import { startReceiver } from './start-receiver.ts';

const SEED = 20_200_913;
const CONNECTIONS = 1_500;
const AT_ONCE = 25;
const LIMIT = { timeout: 60_000 };

const EVENT = encodeEvent({ ...THROTTLE_EVENT, arbitrary: new Map([['key', 'value']]) });

let server: Credential;

beforeAll(async () => {
  server = await serverCredential(await testAuthority(), 'localhost');
});

const connectionsOf = (each: Server): Promise<number> => promisify(each.getConnections.bind(each))();

describe('malformed bytes', LIMIT, () => {
  it('are an event, or are refused as malformed or of an unknown stream: nothing else comes of them', () => {
    const random = seeded(SEED);
    const streams = streamsOf('3.0.0');
    const outcomes = { event: 0, MalformedMessage: 0, UnknownStream: 0 };

    for (let round = 0; round < 20_000; round += 1) {
      const bytes = mutate(EVENT, random);
      try {
        decodeEvent(readBytes(bytes), streams);
        outcomes.event += 1;
      } catch (cause) {
        if (!(cause instanceof MalformedMessage || cause instanceof UnknownStream)) throw cause;
        outcomes[cause.name] += 1;
      }
    }

    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500);
  });

  it('never stop, hang or fill the receiver', async () => {
    const started = await startReceiver(server);
    const random = seeded(SEED);
    const peer = await connectPeer(started.port);
    peer.send(encodeLogin('admin', 'admin'));
    const session = (await peer.read(41)).toString('utf8', 5);
    const messages = [
      encodeLogin('admin', 'admin'),
      encodeLogin('admin', 'wrong'),
      encodeLogout('c1f4f2b8-8f3b-4a55-9b1c-1b0f7e1d2a33'),
      encodePublish(session, [EVENT, EVENT]),
      Buffer.concat([encodePublish(session, [EVENT]), encodePublish(session, [EVENT])]),
    ];

    const attack = async (): Promise<void> => {
      const other = await connectPeer(started.port);
      const message = messages[Math.floor(random() * messages.length)] ?? EVENT;
      other.socket.end(mutate(message, random));
      if (!other.socket.closed) await once(other.socket, 'close');
    };
    for (let done = 0; done < CONNECTIONS; done += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, () => attack()));

    const before = started.events.length;
    expect(before).toBeGreaterThan(0);
    peer.send(encodePublish(session, [encodeEvent(THROTTLE_EVENT)]));
    expect(await peer.read(1)).toEqual(Buffer.of(0));
    expect(started.events.slice(before)).toEqual([THROTTLE_EVENT]);
    expect(await connectionsOf(started.receiver.databridge), 'connections but ours').toBe(1);
    expect(started.clock.pending, 'timers of unfinished frames').toBe(0);
  });

  it('do not get past the TLS handshake either', async () => {
    const started = await startReceiver(server);
    const random = seeded(SEED);

    for (let done = 0; done < 50; done += 1) {
      const peer = await connectPeer(started.tlsPort);
      peer.socket.end(mutate(encodeLogin('admin', 'admin'), random));
      if (!peer.socket.closed) await once(peer.socket, 'close');
    }

    expect(started.lines.filter((line) => line.includes('connected'))).toEqual([]);
    expect(await connectionsOf(started.receiver.databridgeTls)).toBe(0);
  });
});
