import { readFileSync } from 'node:fs';
import { type ChannelModel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, createAgent } from '../../compose/wso2am/server/databridge/agent/create-agent.ts';
import { THROTTLE_REQUEST } from '../../compose/wso2am/server/databridge/streams.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { askToken, register, revoke, tokenOf } from '../../lab/probes/oauth2-client.ts';
import { decodeMapMessage } from '../../lab/product/map-message/decode-map-message.ts';
import type { MapMessage } from '../../lab/product/map-message/map-message.ts';
import { LabUnderTest } from './lab-under-test.ts';

const lab = new LabUnderTest('t-events');
let connection: ChannelModel;
let agent: Agent;
const received: { topic: string; message: MapMessage }[] = [];
let arrived = (): void => undefined;

type Up = {
  nodes: { role: string; urls: Record<string, string> }[];
  trust: { caFile: string };
  credentials: { username: string; password: string };
};
let up: Up;

const quiet = { debug() {}, info() {}, warn() {}, error() {}, fatal() {} };

beforeAll(async () => {
  up = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
  const {
    amqp = '',
    databridge = '',
    databridgeTls = '',
  } = up.nodes.find(({ role }) => role === 'traffic-manager')?.urls ?? {};
  const { username, password } = up.credentials;

  // A client nobody here wrote listens where a gateway would.
  connection = await connect(`${amqp.replace('amqp://', `amqp://${username}:${password}@`)}/carbon`);
  const channel = await connection.createChannel();
  for (const topic of ['throttledata', 'tokenrevocation']) {
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
    await channel.bindQueue(queue, 'amq.topic', topic);
    await channel.consume(queue, (delivery) => {
      if (!delivery) return;
      received.push({ topic, message: decodeMapMessage(delivery.properties.contentType, delivery.content) });
      channel.ack(delivery);
      arrived();
    });
  }
  const group = { type: 'failover' as const, urls: [databridge], authUrls: [databridgeTls] };
  const trusted = [readFileSync(up.trust.caFile, 'utf8')];
  agent = createAgent({ groups: [group], username, password, trusted, log: () => quiet });
});
afterAll(async () => {
  await agent?.close(2_000);
  await connection?.close();
  await lab.dispose();
});

/** Resolves with the first message on a topic that fits; the test's time-out bounds it. */
const message = (topic: string, fits: (values: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    const look = () => {
      for (const each of received) {
        const values = Object.fromEntries([...each.message].map(([key, { value }]) => [key, value]));
        if (each.topic === topic && fits(values)) return resolve(values);
      }
      arrived = look;
    };
    look();
  });

const request = (appKey: string, appTier: string) =>
  agent.publish(THROTTLE_REQUEST, {
    messageID: 'urn:uuid:11111111-2222-3333-4444-555555555555',
    appKey,
    appTier,
    apiKey: '/pizzashack/1.0.0:1.0.0',
    apiTier: '',
    subscriptionKey: `7:/pizzashack/1.0.0:1.0.0:${appKey}`,
    subscriptionTier: 'Unlimited',
    resourceKey: '/pizzashack/1.0.0/1.0.0/menu:GET',
    resourceTier: 'Unlimited',
    userId: 'admin@carbon.super',
    apiContext: '/pizzashack/1.0.0',
    apiVersion: '1.0.0',
    appTenant: 'carbon.super',
    apiTenant: 'carbon.super',
    appId: '7',
    apiName: 'admin--PizzaShackAPI',
    properties: '{"ip":2130706433}',
  });

describe('a Traffic Manager of a running lab', () => {
  it('decides on the tenth accepted request of a policy of ten a minute, and tells it to a listener', async () => {
    // Ten requests may fall into two windows of the clock; twenty-one cannot be ten or fewer in both.
    for (let count = 0; count < 21; count += 1) expect(request('7:admin@carbon.super', '10PerMin')).toBe(true);
    const decision = await message('throttledata', ({ isThrottled }) => isThrottled === true);
    expect(decision).toMatchObject({ throttleKey: '7:admin@carbon.super' });
    expect(Number(decision.expiryTimeStamp) % 60_000).toBe(0);
  });

  it('decides nothing on requests without a limit', async () => {
    for (let count = 0; count < 50; count += 1) request('8:admin@carbon.super', 'Unlimited');
    // Events are handled in turn: when this one's effect is seen, those before it had none.
    for (let count = 0; count < 21; count += 1) request('9:admin@carbon.super', '10PerMin');
    await message('throttledata', ({ throttleKey }) => throttleKey === '9:admin@carbon.super');
    expect(received.map(({ message: map }) => map.get('throttleKey')?.value)).not.toContain('8:admin@carbon.super');
  });

  it('hears of a token that the Key Manager revoked, and tells it to whoever listens', async () => {
    const { nodes, trust, credentials } = up;
    const keyManager = nodes.find(({ role }) => role === 'key-manager')?.urls.https ?? '';
    const http = httpClient(readFileSync(trust.caFile, 'utf8'), 10_000);
    const client = await register(http, keyManager, '3.0.0', credentials, 'event_flow');
    const grant = { grant_type: 'client_credentials' };
    const { access_token: token } = tokenOf(await askToken(http, `${keyManager}/oauth2/token`, client, grant));
    await revoke(http, `${keyManager}/oauth2/revoke`, client, token);
    const told = await message('tokenrevocation', ({ revokedToken }) => revokedToken === token);
    expect(told).toEqual({ revokedToken: token, ttl: '5000', expiryTime: 0n });
  });

  it('keeps its execution plans on the shared file system', async () => {
    const { stdout } = await lab.ok('exec', 'nfs', 'ls', '/export/executionplans');
    expect(stdout).toContain('carbon.super_app_10PerMin.siddhiql');
  });
});
