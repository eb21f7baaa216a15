import { describe, expect, it } from 'vitest';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';
import {
  closeReason,
  frame,
  HEADER,
  longText,
  method,
  octet,
  openChannel,
  openRaw,
  RawClient,
  shortText,
  startOk,
  tuneOk,
  uint16,
  uint32,
  uint64,
} from './raw-client.ts';

const publish = (key: string): Buffer => method(1, 60, 40, uint16(0), shortText(''), shortText(key), octet(0));
const header = (size: number): Buffer => frame(2, 1, uint16(60), uint16(0), uint64(size), uint16(0));

/** A table within a table, and so on. */
const nested = (depth: number): Buffer =>
  depth === 0 ? Buffer.alloc(0) : Buffer.concat([shortText('t'), Buffer.from('F'), longText(nested(depth - 1))]);

const declareWith = (table: Buffer): Buffer =>
  method(1, 50, 10, uint16(0), shortText('q'), octet(0b00010), longText(table));

describe('a connection that breaks the protocol', () => {
  it.each([
    ['an unknown frame type', frame(7, 1), '501 frame of the unknown type 7'],
    [
      'a frame longer than negotiated',
      Buffer.from('0300010001000000', 'hex'),
      '501 frame of 65536 bytes, more than 65535',
    ],
    ['a frame without its end', Buffer.from('01000100000004003c000a00', 'hex'), '501 frame without its end octet'],
    ['a channel that is not open', method(9, 60, 10, uint32(0), uint16(1), octet(0)), '504 channel 9 is not open'],
    ['a channel above the limit', openChannel(257), '504 channel 257, above 256'],
    ['a channel opened twice', openChannel(1), '504 channel 1 is open already'],
    ['a method of an unknown class', method(1, 90, 10), '540 method 90.10 is not simulated'],
    ['a method that servers send', method(1, 60, 11), '503 basicQosOk is nothing that a client sends'],
    ['a method on channel 0', method(0, 60, 10, uint32(0), uint16(1), octet(0)), '503 basicQos on channel 0'],
    ['a method that is cut off', method(1, 50, 10, uint16(0)), '502 1 more bytes expected, 0 are there'],
    [
      'an unknown letter in a table',
      declareWith(Buffer.from('\x01aZ')),
      '502 a table has a value of the unknown type "Z"',
    ],
    ['tables too deep', declareWith(nested(30)), '502 a table is too deep'],
    ['content without a publish', header(1), '505 content header without a publish'],
    [
      'a body without a header',
      Buffer.concat([publish('k'), frame(3, 1, octet(1))]),
      '505 content body without a header',
    ],
    [
      'a method within a message',
      Buffer.concat([publish('k'), publish('k')]),
      '505 basicPublish came within a message',
    ],
    [
      'more content than announced',
      Buffer.concat([publish('k'), header(1), frame(3, 1, uint16(1))]),
      '501 more content than announced',
    ],
  ])('is told its mistake and closed: %s', async (_what, bytes, reason) => {
    const { broker, port } = await startBroker();
    const client = await openRaw(port);
    client.send(bytes);
    expect(closeReason(await client.until('1/0/10.50'))).toBe(reason);
    client.send(method(0, 10, 51));
    client.socket.end();
    await client.rest();

    await eventually(() => broker.statistics()).toEqual({ connections: 0, queues: 0, messages: 0, bytes: 0 });
  });

  it('loses only its channel over a message that is too large', async () => {
    const { port } = await startBroker();
    const client = await openRaw(port);
    client.send(publish('k'), header(8 * 1024 * 1024 + 1), frame(3, 1, Buffer.alloc(1000)));
    expect(closeReason(await client.until('1/1/20.40'))).toMatch(/^311 /);
    client.send(method(1, 20, 41), openChannel(1));

    expect((await client.next())?.name).toBe('1/1/20.11');
  });

  it('cannot pile up unfinished messages on many channels', async () => {
    const { port } = await startBroker();
    const client = await openRaw(port);
    for (let channel = 2; channel <= 4; channel += 1) {
      const begin = method(channel, 60, 40, uint16(0), shortText(''), shortText('k'), octet(0));
      client.send(openChannel(channel), begin, frame(2, channel, uint16(60), uint16(0), uint64(8_000_000), uint16(0)));
      for (let piece = 0; piece < 122; piece += 1) client.send(frame(3, channel, Buffer.alloc(65_000)));
    }

    expect(closeReason(await client.until('1/0/10.50'))).toBe('506 too many bytes of unfinished messages');
  });

  it.each([
    ['another mechanism', method(0, 10, 11, longText(''), shortText('AMQPLAIN'), longText(''), shortText('')), /^506 /],
    [
      'no user',
      method(0, 10, 11, longText(''), shortText('PLAIN'), longText('\0\0'), shortText('')),
      /^530 not allowed$/,
    ],
    [
      'a frame size below the minimum',
      Buffer.concat([startOk, method(0, 10, 31, uint16(0), uint32(8), uint16(0))]),
      /^530 /,
    ],
    ['another step than the next', Buffer.concat([startOk, openChannel(1)]), /^503 /],
  ])('is refused when it negotiates %s', async (_what, bytes, reason) => {
    const { port } = await startBroker();
    const client = new RawClient(port);
    client.send(HEADER, bytes);

    expect(closeReason(await client.until('1/0/10.50'))).toMatch(reason);
  });

  it('learns nothing of why users cannot be looked up', async () => {
    const failure = new Error('secret');
    const { port, warnings } = await startBroker({ authenticate: () => Promise.reject(failure) });
    const client = new RawClient(port);
    client.send(HEADER, startOk);

    expect(closeReason(await client.until('1/0/10.50'))).toBe('541 internal error');
    expect(warnings).toEqual([expect.stringContaining('internal error')]);
  });

  it('is read no further before it has logged in than one step', async () => {
    let answer: (known: boolean) => void = () => undefined;
    const { broker, port } = await startBroker({ authenticate: () => new Promise((resolve) => (answer = resolve)) });
    const client = new RawClient(port);
    client.send(HEADER, startOk, tuneOk(), method(0, 10, 40, shortText('/carbon'), shortText(''), octet(1)));
    await client.until('1/0/10.10');
    client.send(openChannel(1), declareWith(Buffer.alloc(0)));
    await eventually(() => broker.statistics().connections).toBe(1);
    answer(false);

    expect((await client.next())?.name).toBe('1/0/10.50');
    expect(broker.statistics().queues).toBe(0);
  });
});
