import { type Channel, type ChannelModel, type ConsumeMessage, connect } from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';

const connectTo = async (url: string): Promise<ChannelModel> => {
  const connection = await connect(url, { noDelay: true });
  connection.on('error', () => undefined);
  onTestFinished(() => connection.close().catch(() => undefined));
  return connection;
};

const openChannel = async (url: string): Promise<Channel> => (await connectTo(url)).createChannel();

/** Messages of a queue, as an endless supply of promises. */
const inbox = async (channel: Channel, queue: string, options?: { noAck?: boolean }) => {
  const waiting: ((message: ConsumeMessage) => void)[] = [];
  const arrived: ConsumeMessage[] = [];
  const { consumerTag } = await channel.consume(
    queue,
    (message) => {
      if (!message) return;
      const take = waiting.shift();
      if (take) take(message);
      else arrived.push(message);
    },
    options,
  );
  const next = (): Promise<ConsumeMessage> => {
    const message = arrived.shift();
    return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
  };
  return { consumerTag, next, arrived };
};

/** The error with which a channel ends over what is done to it. */
const channelError = async (channel: Channel, work: () => Promise<unknown>): Promise<unknown> => {
  const failure = new Promise((resolve) => channel.once('error', resolve));
  await expect(work()).rejects.toThrow();
  return failure;
};

describe('amqplib at our broker', () => {
  it('delivers what is published to a topic, with its properties and headers', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, 'amq.topic', 'throttleData');
    const { next } = await inbox(channel, queue);

    const headers = { text: 'a', number: 7, flag: true, table: { deep: { deeper: 'b' } }, list: [1, 'two'] };
    channel.publish('amq.topic', 'throttleData', Buffer.from('hello'), {
      headers,
      contentType: 'text/plain',
      expiration: '0',
      userId: 'somebody',
      messageId: 'ID:1',
      timestamp: 1_600_000_000,
    });

    const message = await next();
    expect(message.content.toString()).toBe('hello');
    expect(message.fields).toMatchObject({ exchange: 'amq.topic', routingKey: 'throttledata', redelivered: false });
    expect(message.properties).toMatchObject({
      headers,
      contentType: 'text/plain',
      expiration: '0',
      userId: 'somebody',
      messageId: 'ID:1',
      timestamp: 1_600_000_000,
    });
  });

  it.each([0, 1, 65_527, 65_528, 300_000])('passes on a body of %i bytes unchanged', async (size) => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('', { exclusive: true });
    const body = Buffer.alloc(size, 'abcdefg');
    channel.sendToQueue(queue, body);

    const { next } = await inbox(channel, queue);
    expect((await next()).content.equals(body)).toBe(true);
  });

  it('routes by wildcards, and a message once to each queue', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    await channel.assertExchange('logs', 'topic', { durable: false });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    for (const pattern of ['a.*', '#.z', 'a.#']) await channel.bindQueue(queue, 'logs', pattern);
    for (const key of ['a.b', 'z', 'x.y.z', 'x.y', 'a.b.z']) channel.publish('logs', key, Buffer.from(key));
    channel.sendToQueue(queue, Buffer.from('end'));

    const { next } = await inbox(channel, queue);
    const keys: string[] = [];
    for (let key = ''; key !== 'end'; keys.push(key)) key = (await next()).content.toString();
    expect(keys).toEqual(['a.b', 'z', 'x.y.z', 'a.b.z', 'end']);
  });

  it('serves direct and fanout exchanges', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    await channel.assertExchange('all', 'fanout');
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, 'all', 'ignored');
    await channel.bindQueue(queue, 'amq.direct', 'exact');
    channel.publish('all', 'whatever', Buffer.from('1'));
    channel.publish('amq.direct', 'other', Buffer.from('2'));
    channel.publish('amq.direct', 'exact', Buffer.from('3'));

    const { next } = await inbox(channel, queue);
    expect([(await next()).content.toString(), (await next()).content.toString()]).toEqual(['1', '3']);
  });

  it('holds back at the prefetch count until something is acknowledged', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('', { exclusive: true });
    for (const text of ['1', '2', '3', '4']) channel.sendToQueue(queue, Buffer.from(text));
    await channel.prefetch(2);
    const { next, arrived } = await inbox(channel, queue);
    await next();
    const second = await next();
    // The answer comes after whatever was delivered before it.
    expect((await channel.checkQueue(queue)).messageCount).toBe(2);
    expect(arrived).toEqual([]);

    channel.ack(second, true);
    expect((await next()).content.toString()).toBe('3');
    expect((await next()).content.toString()).toBe('4');
  });

  it('delivers again, in order and marked, what a closed channel had not acknowledged', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const [first, second] = [await connection.createChannel(), await connection.createChannel()];
    const { queue } = await first.assertQueue('', { exclusive: true });
    for (const text of ['1', '2', '3']) first.sendToQueue(queue, Buffer.from(text));
    const before = await inbox(first, queue);
    first.ack(await before.next());
    await before.next();
    await before.next();
    await first.close();

    const { next } = await inbox(second, queue);
    const again = [await next(), await next()];
    expect(again.map(({ content }) => content.toString())).toEqual(['2', '3']);
    expect(again.every(({ fields }) => fields.redelivered)).toBe(true);
  });

  it('delivers again what was refused with requeue, and forgets what was refused without', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('', { exclusive: true });
    for (const text of ['1', '2']) channel.sendToQueue(queue, Buffer.from(text));
    const { next } = await inbox(channel, queue);
    const [first, second] = [await next(), await next()];
    channel.reject(second, false);
    channel.nack(first, false, true);

    const again = await next();
    expect([again.content.toString(), again.fields.redelivered]).toEqual(['1', true]);
    channel.ack(again);
    expect((await channel.checkQueue(queue)).messageCount).toBe(0);
  });

  it('confirms, and gives back what no queue takes before it confirms that', async () => {
    const { url } = await startBroker();
    const channel = await (await connectTo(url)).createConfirmChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    const returned: string[] = [];
    channel.on('return', ({ fields, content }) => returned.push(`${Reflect.get(fields, 'replyCode')} ${content}`));

    channel.publish('amq.topic', 'nobody', Buffer.from('lost'), { mandatory: true });
    for (let count = 0; count < 200; count += 1) channel.sendToQueue(queue, Buffer.from('kept'), { mandatory: true });
    await channel.waitForConfirms();

    expect(returned).toEqual(['312 lost']);
    expect((await channel.checkQueue(queue)).messageCount).toBe(200);
  });

  it('gives one message at a time to who asks for it', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('', { exclusive: true });
    expect(await channel.get(queue)).toBe(false);
    channel.sendToQueue(queue, Buffer.from('1'));
    channel.sendToQueue(queue, Buffer.from('2'));

    const got = await channel.get(queue);
    expect(got).toMatchObject({ fields: { messageCount: 1 } });
  });

  it('lets an auto-delete queue go with its last consumer', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('Tmp_Own', { autoDelete: true, durable: false });
    expect(queue).toBe('tmp_own');
    const { consumerTag } = await inbox(channel, queue);
    await channel.cancel(consumerTag);

    expect(await channelError(channel, () => channel.checkQueue(queue))).toMatchObject({ code: 404 });
  });

  it('lets an exclusive queue go with its connection', async () => {
    const { broker, url } = await startBroker();
    const connection = await connectTo(url);
    await (await connection.createChannel()).assertQueue('mine', { exclusive: true });
    const other = await openChannel(url);
    expect(await channelError(other, () => other.checkQueue('mine'))).toMatchObject({ code: 405 });

    await connection.close();
    const third = await openChannel(url);
    await third.assertQueue('mine', { exclusive: true });
    expect(broker.statistics().queues).toBe(1);
  });

  it('tells the consumer whose queue is deleted', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const [consuming, deleting] = [await connection.createChannel(), await connection.createChannel()];
    const { queue } = await consuming.assertQueue('', { exclusive: true });
    const cancelled = new Promise((resolve) => {
      void consuming.consume(queue, resolve);
    });
    await consuming.checkQueue(queue);
    await deleting.deleteQueue(queue);

    expect(await cancelled).toBeNull();
  });

  it.each([
    ['another durability', (channel: Channel) => channel.assertQueue('there', { durable: false }), 406],
    ['a reserved queue name', (channel: Channel) => channel.assertQueue('amq.mine'), 403],
    ['an exchange that is missing', (channel: Channel) => channel.checkExchange('missing'), 404],
    ['a binding to an exchange that is missing', (channel: Channel) => channel.bindQueue('there', 'no', 'k'), 404],
    ['a binding of the default exchange', (channel: Channel) => channel.bindQueue('there', '', 'k'), 403],
    ['deletion of a queue in use', (channel: Channel) => channel.deleteQueue('there', { ifUnused: true }), 406],
    ['a second consumer beside an exclusive one', (channel: Channel) => channel.consume('there', () => undefined), 403],
  ])('refuses %s and closes only the channel', async (_what, work, code) => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const [holder, channel] = [await connection.createChannel(), await connection.createChannel()];
    await holder.assertQueue('there', { durable: true });
    await holder.consume('there', () => undefined, { exclusive: true });

    expect(await channelError(channel, () => work(channel))).toMatchObject({ code });
    expect((await holder.checkQueue('there')).consumerCount).toBe(1);
  });

  it('refuses a wrong acknowledgement with 406', async () => {
    const { url } = await startBroker();
    const channel = await openChannel(url);
    const { queue } = await channel.assertQueue('', { exclusive: true });
    channel.sendToQueue(queue, Buffer.from('1'));
    const message = await (await inbox(channel, queue)).next();
    const failure = new Promise((resolve) => channel.once('error', resolve));
    channel.ack(message);
    channel.ack(message);

    expect(await failure).toMatchObject({ code: 406 });
  });

  it('refuses another exchange type of the same name with 530, as Andes does', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const failure = new Promise((resolve) => connection.once('error', resolve));
    await expect(channel.assertExchange('amq.topic', 'fanout')).rejects.toThrow();

    expect(await failure).toMatchObject({ code: 530 });
  });

  it.each([
    ['a wrong password', 'amqp://admin:wrong@127.0.0.1', '%2Fcarbon', /530/],
    ['an unknown virtual host', 'amqp://admin:admin@127.0.0.1', 'other', /ConnectionClose/],
  ])('refuses %s', async (_what, authority, virtualHost, refusal) => {
    const { port } = await startBroker();

    await expect(connect(`${authority}:${port}/${virtualHost}`)).rejects.toThrow(refusal);
  });

  it('takes the virtual host without a slash as well', async () => {
    const { port } = await startBroker();
    const channel = await openChannel(`amqp://admin:admin@127.0.0.1:${port}/carbon`);

    expect(await channel.checkExchange('amq.topic')).toEqual({});
  });

  it('is told when the broker shuts down', async () => {
    const { broker, url } = await startBroker();
    const connection = await connect(url);
    const closed = new Promise((resolve) => connection.once('close', resolve));
    await broker.close();

    expect(await closed).toMatchObject({ code: 320 });
    expect(broker.statistics().connections).toBe(0);
  });
});
