import { connect } from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mapMessage, string } from '../../../lab/product/map-message/map-message.ts';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';
import { method, octet, openRaw, shortText, uint16, uint32 } from './raw-client.ts';

/** Subscribes a raw client to the topic, with or without acknowledgements. */
const subscription = (queue: string, noAck: boolean): Buffer =>
  Buffer.concat([
    method(1, 50, 10, uint16(0), shortText(queue), octet(0b01100), uint32(0)),
    method(1, 50, 20, uint16(0), shortText(queue), shortText('amq.topic'), shortText('topic'), octet(0), uint32(0)),
    method(1, 60, 20, uint16(0), shortText(queue), shortText('1'), octet(noAck ? 0b0010 : 0), uint32(0)),
  ]);

const listen = async (url: string) => {
  const connection = await connect(url, { noDelay: true });
  onTestFinished(() => connection.close().catch(() => undefined));
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
  await channel.bindQueue(queue, 'amq.topic', 'topic');
  let count = 0;
  await channel.consume(queue, () => (count += 1), { noAck: true });
  return { channel, count: () => count };
};

describe('a consumer that does not keep up', () => {
  it('loses the oldest messages of its own bounded queue, while others get all', async () => {
    const { broker, port, url, warnings } = await startBroker();
    const stuck = await openRaw(port);
    stuck.send(subscription('stuck', true));
    await stuck.until('1/1/60.21');
    stuck.socket.pause();
    const { count } = await listen(url);

    const body = mapMessage({ text: string('x'.repeat(10_000)) });
    for (let sent = 0; sent < 4_000; sent += 1) {
      broker.publish('topic', body);
      if (sent % 100 === 0) await new Promise(setImmediate);
    }
    await eventually(count).toBe(4_000);

    const { bytes } = broker.statistics();
    expect(bytes).toBeGreaterThan(4 * 1024 * 1024);
    expect(bytes).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(warnings[0]).toContain('Slow consumer: queue stuck is full');
  });

  it('goes on where its queue stands when it reads again', async () => {
    const { broker, port } = await startBroker();
    const client = await openRaw(port);
    client.send(subscription('late', true));
    await client.until('1/1/60.21');
    client.socket.pause();
    const body = mapMessage({ text: string('x'.repeat(10_000)) });
    for (let sent = 0; sent < 1_000; sent += 1) broker.publish('topic', body);
    broker.publish('topic', mapMessage({ text: string('last') }));
    expect(broker.statistics().messages).toBeGreaterThan(0);
    client.socket.resume();

    let seen = await client.next();
    while (seen && !seen.payload.includes('last')) seen = await client.next();
    expect(broker.statistics().messages).toBe(0);
  });

  it('is given no more than a thousand messages it does not acknowledge', async () => {
    const { broker, port } = await startBroker();
    const client = await openRaw(port);
    client.send(subscription('silent', false));
    await client.until('1/1/60.21');
    for (let sent = 0; sent < 1_500; sent += 1) {
      broker.publish('topic', mapMessage({ number: string(String(sent)) }));
      if (sent % 100 === 0) await new Promise(setImmediate);
    }
    await eventually(() => broker.statistics().messages).toBe(500);
  });
});
