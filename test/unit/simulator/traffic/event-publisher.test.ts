import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { THROTTLE_REQUEST } from '../../../../compose/wso2am/server/databridge/streams.ts';
import { eventHubPublisher, eventPublisher } from '../../../../compose/wso2am/server/traffic/event-publisher.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import type { Tables } from '../config/deployment.ts';
import { nodeOf } from '../config/node.ts';
import { recordedLog } from '../databridge/recorded-log.ts';
import { THROTTLE_PAYLOAD } from '../databridge/sample-events.ts';
import { startReceiver } from '../databridge/start-receiver.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';

let authority: Credential;
let server: Credential;

beforeAll(async () => {
  authority = await testAuthority();
  server = await serverCredential(authority, 'localhost');
});

const start = (tables: Tables) => {
  const { lines, log } = recordedLog();
  const publisher = eventPublisher({ ...nodeOf('gateway', tables), log }, [authority.certificate]);
  onTestFinished(() => publisher.close(0));
  return { lines, publish: () => publisher.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD) };
};

const group = (tls: string, ...urls: readonly string[]) => ({
  traffic_manager_urls: urls,
  traffic_manager_auth_urls: [tls],
});

describe('the event publisher of a node', () => {
  it('logs in with its first event, and not before', async () => {
    const receiver = await startReceiver(server);
    const tls = `ssl://127.0.0.1:${receiver.tlsPort}`;
    const { publish } = start({ 'apim.throttling.url_group': [group(tls, `tcp://127.0.0.1:${receiver.port}`)] });
    expect(receiver.lines.filter((line) => line.includes('connected'))).toEqual([]);

    expect(publish()).toBe(true);
    await receiver.arrived(1);
  });

  it.each<[string, Tables]>([
    [
      'are of another number than those to log in at',
      { 'apim.throttling.url_group': [group('ssl://a:2', 'tcp://a:1', 'tcp://b:1')] },
    ],
    [
      'mix load balance and fail-over',
      { 'apim.throttling': { receiver_url: '{tcp://a:1|tcp://b:1,tcp://c:1}', receiver_auth_url: '{ssl://a:2}' } },
    ],
  ])('says so once, and loses every event, where its url groups %s', (_, tables) => {
    const { lines, publish } = start(tables);

    expect([publish(), publish()]).toEqual([false, false]);
    expect(lines).toEqual([expect.stringMatching(/^ERROR ThrottleDataPublisher Events are sent to nobody: /)]);
  });
});

describe('the event hub publisher of a node', () => {
  const tables = {
    'apim.throttling.url_group': [group('ssl://127.0.0.1:1', 'tcp://127.0.0.1:1')],
    'apim.event_hub.publish.url_group': [{ urls: ['tcp://127.0.0.1:2'], auth_urls: ['ssl://127.0.0.1:2'] }],
  };

  it('has url groups of its own in 3.2.0', async () => {
    const { log, line } = recordedLog();
    const context = { ...nodeOf('publisher', tables, { version: '3.2.0' }), log };
    const throttling = eventPublisher(context, []);
    const publisher = eventHubPublisher(context, [], throttling);
    onTestFinished(() => publisher.close(0));

    publisher.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD);
    expect(await line('Cannot borrow client')).toContain('ssl://127.0.0.1:2');
  });

  it.each([
    ['before', '3.1.0', tables],
    ['without them', '3.2.0', {}],
  ] as const)('is that of throttling %s', (_, version, given) => {
    const context = { ...nodeOf('publisher', given, { version }), log: recordedLog().log };
    const throttling = eventPublisher(context, []);

    expect(eventHubPublisher(context, [], throttling)).toBe(throttling);
  });
});
