import { describe, expect, it } from 'vitest';
import { boolean, long, mapMessage, string } from '../../../lab/product/map-message/map-message.ts';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';
import {
  closeReason,
  frame,
  HEADER,
  longText,
  method,
  octet,
  open,
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

const TICKET = uint16(0);
const NO_TABLE = uint32(0);

/** What an Andes consumer sends after `open` (wire.md 5.7). */
const SUBSCRIBE = {
  qos: method(1, 60, 10, uint32(0), uint16(500), octet(0)),
  exchange: method(1, 40, 10, TICKET, shortText('amq.topic'), shortText('topic'), octet(0b00001), NO_TABLE),
  queue: method(1, 50, 10, TICKET, shortText('tmp_10_0_0_9_4711_1'), octet(0b01100), NO_TABLE),
  bind: method(
    1,
    50,
    20,
    TICKET,
    shortText('tmp_10_0_0_9_4711_1'),
    shortText('amq.topic'),
    shortText('throttleData'),
    octet(0),
    NO_TABLE,
  ),
  flowOff: method(1, 20, 20, octet(0)),
  consume: method(1, 60, 20, TICKET, shortText('tmp_10_0_0_9_4711_1'), shortText('1'), octet(0), NO_TABLE),
  flowOn: method(1, 20, 20, octet(1)),
};

/** Properties of an Andes producer: type, headers, delivery mode, priority, expiration "0", id, timestamp, user (wire.md 5.7). */
const PROPERTIES = Buffer.concat([
  uint16(0b1011_1001_1101_0000),
  shortText('amqp/map'),
  longText(Buffer.concat([shortText('JMS_QPID_DESTTYPE'), Buffer.from('I'), uint32(2)])),
  octet(2),
  octet(4),
  shortText('0'),
  shortText('ID:11111111-2222-3333-4444-555555555555'),
  uint64(1_600_000_000),
  shortText('admin'),
]);

describe('what an Andes client sends', () => {
  it('is answered step by step, and nothing is delivered while its flow is off', async () => {
    const { broker, port } = await startBroker();
    const client = await openRaw(port);
    const answers: string[] = [];
    for (const step of [SUBSCRIBE.qos, SUBSCRIBE.exchange, SUBSCRIBE.queue, SUBSCRIBE.bind, SUBSCRIBE.flowOff]) {
      client.send(step);
      answers.push((await client.next())?.name ?? 'end');
    }
    client.send(SUBSCRIBE.consume);
    answers.push((await client.next())?.name ?? 'end');
    expect(answers).toEqual(['1/1/60.11', '1/1/40.11', '1/1/50.11', '1/1/50.21', '1/1/20.21', '1/1/60.21']);

    broker.publish('throttleData', mapMessage({ throttleKey: string('7:/pizzashack/1.0.0:1.0.0') }));
    client.send(SUBSCRIBE.flowOff);
    expect((await client.next())?.name).toBe('1/1/20.21');
    client.send(SUBSCRIBE.flowOn);
    expect((await client.next())?.name).toBe('1/1/20.21');

    const deliver = await client.next();
    expect(deliver?.payload.subarray(4)).toEqual(
      Buffer.concat([shortText('1'), uint64(1), octet(0), shortText('amq.topic'), shortText('throttledata')]),
    );
    expect((await client.next())?.name).toMatch(/^2\/1\/003c0000/);
    expect((await client.next())?.name).toMatch(/^3\/1\//);
  });

  it('may come all at once after tune', async () => {
    const { port } = await startBroker();
    const client = new RawClient(port);
    client.send(HEADER, startOk, tuneOk(), open, openChannel(1), SUBSCRIBE.qos);

    expect((await client.until('1/1/60.11')).payload).toHaveLength(4);
  });

  it('is offered what the Andes server offers', async () => {
    const { port } = await startBroker();
    const client = new RawClient(port);
    client.send(HEADER);
    const start = await client.until('1/0/10.10');
    expect(start.payload.subarray(4, 6)).toEqual(Buffer.from([0, 9]));
    expect(start.payload.toString('latin1')).toContain('\x05PLAIN\x00\x00\x00\x05en_US');
    client.send(startOk);

    const tune = await client.until('1/0/10.30');
    expect(tune.payload.subarray(4)).toEqual(Buffer.concat([uint16(256), uint32(65_535), uint16(0)]));
  });

  it('is delivered with its own properties, user-id and expiration untouched', async () => {
    const { port } = await startBroker();
    const [consumer, producer] = [await openRaw(port), await openRaw(port)];
    consumer.send(SUBSCRIBE.queue, SUBSCRIBE.bind, SUBSCRIBE.consume);
    await consumer.until('1/1/60.21');
    // The declaration is passive in name only, and does not wait for an answer.
    producer.send(
      method(1, 40, 10, TICKET, shortText('amq.topic'), shortText('topic'), octet(0b10001), NO_TABLE),
      method(1, 60, 40, TICKET, shortText('amq.topic'), shortText('throttleData'), octet(0)),
      frame(2, 1, uint16(60), uint16(0), uint64(8), PROPERTIES),
      frame(3, 1, Buffer.from('0000000400000000', 'hex')),
    );

    await consumer.until('1/1/60.60');
    const header = await consumer.next();
    expect(header?.payload).toEqual(Buffer.concat([uint16(60), uint16(0), uint64(8), PROPERTIES]));
    expect((await consumer.next())?.name).toBe('3/1/0000000400000000');
  });

  it('may fill a frame up to its end octet, which makes it longer than the specification allows', async () => {
    const { port } = await startBroker();
    const client = await openRaw(port);
    client.send(
      SUBSCRIBE.queue,
      SUBSCRIBE.consume,
      method(1, 60, 40, TICKET, shortText(''), shortText('tmp_10_0_0_9_4711_1'), octet(0)),
      frame(2, 1, uint16(60), uint16(0), uint64(65_535), uint16(0)),
      frame(3, 1, Buffer.alloc(65_534)),
      frame(3, 1, Buffer.alloc(1)),
    );

    expect((await client.until('1/1/60.60')).payload.toString()).toContain('tmp_10_0_0_9_4711_1');
  });

  it('may be no more than a connection that opens and closes: the probe of a JMS listener', async () => {
    const { broker, port, warnings } = await startBroker();
    const client = new RawClient(port);
    client.send(HEADER);
    await client.until('1/0/10.10');
    client.send(startOk, tuneOk(), open);
    await client.until('1/0/10.41');
    client.send(
      method(0, 10, 50, uint16(200), shortText('JMS client is closing the connection.'), uint16(0), uint16(0)),
    );
    await client.until('1/0/10.51');
    await client.rest();

    expect(warnings).toEqual([]);
    expect(broker.statistics().connections).toBe(0);
  });

  it('may end without a word at any point', async () => {
    const { broker, port, warnings } = await startBroker();
    for (const bytes of [Buffer.alloc(0), HEADER.subarray(0, 3), HEADER, Buffer.concat([HEADER, startOk, tuneOk()])]) {
      const client = new RawClient(port);
      client.send(bytes);
      client.socket.end();
      await client.rest();
    }

    await eventually(() => broker.statistics().connections).toBe(0);
    expect(warnings).toEqual([]);
  });

  it.each(['AMQP\x01\x01\x00\x09', 'AMQP\x00\x01\x00\x00', 'GET / HTTP/1.1\r\n\r\n'])(
    'is answered with our protocol header when it begins with %j',
    async (bytes) => {
      const { port } = await startBroker();
      const client = new RawClient(port);
      client.send(Buffer.from(bytes, 'latin1'));

      expect(await client.rest()).toEqual(HEADER);
    },
  );

  it('gets a decision in the encoding that Andes sends by default', async () => {
    const { broker, port } = await startBroker();
    const client = await openRaw(port);
    client.send(SUBSCRIBE.queue, SUBSCRIBE.bind, SUBSCRIBE.consume);
    await client.until('1/1/60.21');
    const decision = { throttleKey: string('k'), isThrottled: boolean(true), expiryTimeStamp: long(1_600_000_020_000) };
    broker.publish('throttleData', mapMessage(decision));

    await client.until('1/1/60.60');
    expect((await client.next())?.payload.toString('latin1')).toContain('\x08amqp/map');
    // Sorted by name (wire.md 5.8).
    expect((await client.next())?.payload.toString('hex')).toBe(
      [
        '0000003d00000003',
        '0f65787069727954696d655374616d703100000174876ece20',
        '0b69735468726f74746c65640801',
        '0b7468726f74746c654b657998000000016b',
      ].join(''),
    );
  });

  it('is told why when the broker ends it', async () => {
    const { broker, port } = await startBroker();
    const client = await openRaw(port);
    const closing = broker.close();
    expect(closeReason(await client.until('1/0/10.50'))).toBe('320 broker is shutting down');
    client.send(method(0, 10, 51));
    await closing;

    expect(broker.statistics().connections).toBe(0);
  });
});
