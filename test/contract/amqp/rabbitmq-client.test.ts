import { Connection } from 'rabbitmq-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';

const connectTo = async (url: string, options: Record<string, unknown> = {}) => {
  const connection = new Connection({ url, noDelay: true, ...options });
  connection.on('error', () => undefined);
  onTestFinished(() => connection.close());
  await connection.onConnect();
  return connection;
};

describe('rabbitmq-client at our broker', () => {
  it('publishes with confirms and consumes', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const received: string[] = [];
    const done = new Promise<void>((resolve) => {
      const consumer = connection.createConsumer(
        {
          queue: 'decisions',
          queueOptions: { exclusive: true, autoDelete: true },
          queueBindings: [{ exchange: 'amq.topic', routingKey: 'throttleData' }],
          qos: { prefetchCount: 2 },
        },
        async (message) => {
          received.push(message.body);
          if (received.length === 10) resolve();
        },
      );
      onTestFinished(() => consumer.close());
      consumer.once('ready', () => {
        const publisher = connection.createPublisher({ confirm: true });
        onTestFinished(() => publisher.close());
        void Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            publisher.send({ exchange: 'amq.topic', routingKey: 'throttleData' }, `message ${index}`),
          ),
        );
      });
    });
    await done;

    expect(received).toEqual(Array.from({ length: 10 }, (_, index) => `message ${index}`));
  });

  it('sends bodies larger than a frame both ways', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url, { frameMax: 4096 });
    const channel = await connection.acquire();
    onTestFinished(() => channel.close());
    await channel.queueDeclare({ queue: 'large', exclusive: true });
    const body = Buffer.alloc(100_000, '0123456789');
    await channel.basicPublish({ routingKey: 'large' }, body);

    const message = await channel.basicGet({ queue: 'large', noAck: true });
    expect(body.equals(message?.body)).toBe(true);
  });

  it('asks again for what it has not acknowledged', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const channel = await connection.acquire();
    onTestFinished(() => channel.close());
    await channel.queueDeclare({ queue: 'again', exclusive: true });
    await channel.basicPublish({ routingKey: 'again' }, 'once');
    await channel.basicGet({ queue: 'again' });
    await channel.basicRecover({ requeue: true });

    expect(await channel.basicGet({ queue: 'again' })).toMatchObject({ body: 'once', redelivered: true });
  });

  it('is refused what the broker does not do', async () => {
    const { url } = await startBroker();
    const connection = await connectTo(url);
    const channel = await connection.acquire();

    await expect(channel.txSelect()).rejects.toThrow(/not simulated|NOT_IMPLEMENTED/);
  });
});
