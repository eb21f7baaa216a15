import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';

const run = promisify(execFile);
const LIMIT = { timeout: 20_000 };

/** Of Debian's package; whoever has none of it sees the tests skipped. */
const TOOLS = '/usr/bin/amqp-';
const isInstalled = existsSync(`${TOOLS}publish`);

/** Starts a tool at a broker and gives back what it prints. */
const tool = async (url: string, name: string, ...words: readonly string[]): Promise<string> =>
  (await run(`${TOOLS}${name}`, [`--url=${url}`, ...words], LIMIT)).stdout;

describe.skipIf(!isInstalled)(
  `amqp-tools of Debian at our broker${isInstalled ? '' : ' (amqp-tools is not installed)'}`,
  () => {
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
  },
);
