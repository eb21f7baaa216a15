import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';

const run = promisify(execFile);
const LIMIT = { timeout: 20_000 };

const isInstalled = ((): boolean => {
  try {
    execFileSync('amqp-publish', ['--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!isInstalled)(`amqp-tools of Debian at our broker${isInstalled ? '' : ' (amqp-tools is not installed)'}`, () => {
  it('declares a queue, publishes to it and gets the message', async () => {
    const { url } = await startBroker();
    const tool = async (name: string, ...words: readonly string[]) =>
      (await run(`amqp-${name}`, [`--url=${url}`, ...words], LIMIT)).stdout;

    expect(await tool('declare-queue', '--queue=Letters')).toBe('letters\n');
    await tool('publish', '--routing-key=letters', '--body=dear broker');
    expect(await tool('get', '--queue=letters')).toBe('dear broker');
    expect(await tool('delete-queue', '--queue=letters')).toBe('0\n');
  });

  it('consumes what is published to a topic', async () => {
    const { broker, url } = await startBroker();
    const consuming = run(
      'amqp-consume',
      [`--url=${url}`, '--exchange=amq.topic', '--routing-key=throttleData', '--count=1', 'cat'],
      LIMIT,
    );
    await expect.poll(() => broker.statistics().queues).toBe(1);
    await run('amqp-publish', [`--url=${url}`, '--exchange=amq.topic', '--routing-key=throttleData', '--body=x'], LIMIT);

    expect((await consuming).stdout).toContain('x');
  });

  it('is refused a wrong password', async () => {
    const { port } = await startBroker();
    const url = `amqp://admin:wrong@127.0.0.1:${port}/%2Fcarbon`;

    await expect(run('amqp-get', [`--url=${url}`, '--queue=q'], LIMIT)).rejects.toThrow(/530|NOT_ALLOWED|not allowed/i);
  });
});
