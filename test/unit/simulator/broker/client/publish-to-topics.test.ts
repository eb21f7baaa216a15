import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenToTopic } from '../../../../../compose/wso2am/server/broker/client/listen-to-topic.ts';
import { topicPublisher } from '../../../../../compose/wso2am/server/broker/client/publish-to-topics.ts';
import { mapMessage, plainValues, string } from '../../../../../lab/product/map-message/map-message.ts';
import { listenOnLoopback } from '../../loopback-server.ts';
import { eventually } from '../eventually.ts';
import { startBroker } from '../start-broker.ts';

const urlOf = (port: number) => `amqp://admin:admin@clientid/carbon?brokerlist='tcp://127.0.0.1:${port}?retries='0''`;

const hello = (text: string) => mapMessage({ text: string(text) });

const publisherTo = (port: number) => {
  const lost: unknown[] = [];
  const publisher = topicPublisher({ url: urlOf(port), onLost: (cause) => lost.push(cause) });
  onTestFinished(() => publisher.close());
  return { publisher, lost };
};

describe('publishing to topics of another broker', () => {
  it('reaches those who listen there, in order', async () => {
    const { port } = await startBroker();
    const heard: unknown[] = [];
    const lines: string[] = [];
    const log = { info: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };
    const listener = listenToTopic({
      url: urlOf(port),
      topic: 'tokenRevocation',
      onMessage: (message) => heard.push(plainValues(message)),
      log,
    });
    onTestFinished(() => listener.stop());
    await eventually(() => lines.join('\n')).toContain('Started to listen');
    const { publisher, lost } = publisherTo(port);
    for (const text of ['one', 'two', 'three']) publisher.publish('tokenRevocation', hello(text));
    await eventually(() => heard).toEqual([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
    expect(lost).toEqual([]);
  });

  it('loses what is said while nobody is there, says so, and tries anew with the next', async () => {
    let calls = 0;
    const port = await listenOnLoopback(
      createServer((socket) => {
        calls += 1;
        socket.destroy();
      }),
    );
    const { publisher, lost } = publisherTo(port);
    publisher.publish('tokenRevocation', hello('one'));
    await eventually(() => lost).toHaveLength(1);
    publisher.publish('tokenRevocation', hello('two'));
    await eventually(() => lost).toHaveLength(2);
    expect(calls).toBe(2);
  });
});
