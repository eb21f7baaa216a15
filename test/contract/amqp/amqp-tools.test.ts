import type { StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAmqpTools } from '../../containers/amqp-tools-container.ts';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';

let tools: StartedTestContainer;

beforeAll(async () => {
  tools = await startAmqpTools();
});
afterAll(() => tools?.stop({ timeout: 0 }));

/** Starts a tool at a broker and gives back what it prints; rejects with that when the tool fails. */
const tool = async (url: string, name: string, ...words: readonly string[]): Promise<string> => {
  const { exitCode, output } = await tools.exec([`amqp-${name}`, `--url=${url}`, ...words]);
  if (exitCode !== 0) throw new Error(output);
  return output;
};

describe('amqp-tools of Debian at our broker', () => {
  it('declares a queue, publishes to it and gets the message', async () => {
    const { url } = await startBroker();

    expect(await tool(url, 'declare-queue', '--queue=Letters')).toBe('letters\n');
    await tool(url, 'publish', '--routing-key=letters', '--body=dear broker');
    expect(await tool(url, 'get', '--queue=letters')).toBe('dear broker');
    expect(await tool(url, 'delete-queue', '--queue=letters')).toBe('0\n');
  });

  it('consumes what is published to a topic', async () => {
    const { broker, url } = await startBroker();
    const topic = ['--exchange=amq.topic', '--routing-key=throttleData'];
    const consuming = tool(url, 'consume', ...topic, '--count=1', 'cat');
    await eventually(() => broker.statistics().queues).toBe(1);
    await tool(url, 'publish', ...topic, '--body=decision');

    expect(await consuming).toContain('decision');
  });

  it('is refused a wrong password', async () => {
    const { port } = await startBroker();
    const url = `amqp://admin:wrong@127.0.0.1:${port}/%2Fcarbon`;

    await expect(tool(url, 'get', '--queue=q')).rejects.toThrow(/530|NOT_ALLOWED|not allowed/i);
  });
});
