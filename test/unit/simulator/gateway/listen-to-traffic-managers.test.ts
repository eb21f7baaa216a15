import { describe, expect, it, onTestFinished } from 'vitest';
import { listenToTrafficManagers } from '../../../../compose/wso2am/server/gateway/listen-to-traffic-managers.ts';
import { createRevokedJwts } from '../../../../compose/wso2am/server/gateway/revoked-jwts.ts';
import { mappingKeyOf } from '../../../../compose/wso2am/server/subscription-data/subscription-store.ts';
import { createAccessCounters } from '../../../../compose/wso2am/server/throttling/gateway/access-counters.ts';
import { createBlockingConditions } from '../../../../compose/wso2am/server/throttling/gateway/blocking-conditions.ts';
import { createDecisions } from '../../../../compose/wso2am/server/throttling/gateway/decisions.ts';
import { createKeyTemplates } from '../../../../compose/wso2am/server/throttling/gateway/key-templates.ts';
import { boolean, long, mapMessage, string } from '../../../../lab/product/map-message/map-message.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import { eventually } from '../broker/eventually.ts';
import { startBroker } from '../broker/start-broker.ts';
import { startGateway, useSharedKey } from '../mediation/gateway-under-test.ts';
import { eventHubDouble } from '../subscription-data/event-hub-double.ts';

useSharedKey();

/** A gateway that listens to a broker, on as many topics as its version has. */
const start = async (version: Version, topics: number) => {
  const { broker, port } = await startBroker();
  const { data } = eventHubDouble();
  const { context, caches, lines } = await startGateway({
    version,
    tables: {
      'apim.throttling': {
        username: 'admin',
        password: 'admin',
        throttle_decision_endpoints: [`tcp://127.0.0.1:${port}`],
      },
    },
  });
  const listeners = listenToTrafficManagers(context, {
    holders: {
      decisions: createDecisions(),
      blockingConditions: createBlockingConditions(),
      keyTemplates: createKeyTemplates(),
      spikeArrest: createAccessCounters(),
      hardLimits: createAccessCounters(),
    },
    caches,
    revokedJwts: createRevokedJwts(),
    subscriptionData: version === '3.2.0' ? data : undefined,
    synchronizer: undefined,
    trusted: [],
  });
  onTestFinished(async () => {
    await Promise.all(listeners.map((listener) => listener.stop()));
  });
  const heard = (): number => lines.filter((line) => line.startsWith('INFO Started to listen on destination')).length;
  await eventually(heard).toBe(topics);
  return { broker, data, lines, listeners };
};

const notification = (type: string, fields: object) =>
  mapMessage({
    eventType: string(type),
    timestamp: long(1_600_000_000_000),
    event: string(Buffer.from(JSON.stringify({ type, ...fields })).toString('base64')),
  });

const KEYS = { applicationId: 7, consumerKey: 'new', keyType: 'PRODUCTION', keyManager: 'Resident Key Manager' };

describe('a gateway of 3.2.0', () => {
  it('hears from its Traffic Managers what changed in its memory', async () => {
    const { broker, data } = await start('3.2.0', 5);
    broker.publish('notification', notification('APPLICATION_REGISTRATION_CREATE', KEYS));
    broker.publish(
      'keyManager',
      mapMessage({
        event_type: string('key_manager_configuration'),
        action: string('add'),
        name: string('Okta'),
        type: string('Okta'),
        enabled: boolean(true),
        value: string(Buffer.from('{"issuer":"https://okta.lab"}').toString('base64')),
        tenantDomain: string('carbon.super'),
      }),
    );

    await eventually(() => data.store.keyMappings.get(mappingKeyOf(KEYS))).toEqual(KEYS);
    await eventually(() => data.store.keyManagers.get('Okta')?.enabled).toBe(true);
  });

  it('writes a line about an event it cannot read, and hears the next', async () => {
    const { broker, data, lines } = await start('3.2.0', 5);
    broker.publish('notification', notification('APPLICATION_REGISTRATION_CREATE', {}));
    broker.publish('notification', notification('APPLICATION_REGISTRATION_CREATE', KEYS));

    await eventually(() => data.store.keyMappings.get(mappingKeyOf(KEYS))).toEqual(KEYS);
    expect(lines).toContain('ERROR Error while processing a notification');
  });
});

describe('an older gateway', () => {
  it.each([
    ['3.0.0', 2],
    ['3.1.0', 3],
  ] as const)('of %s listens to %i topics', async (version, topics) => {
    const { listeners } = await start(version, topics);

    expect(listeners).toHaveLength(topics);
  });
});
