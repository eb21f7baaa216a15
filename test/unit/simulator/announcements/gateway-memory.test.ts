import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { notifyGateways } from '../../../../compose/wso2am/server/announcements/notify-gateways.ts';
import { createEvents } from '../../../../compose/wso2am/server/carbon/events.ts';
import { applyKeyManagerEvent } from '../../../../compose/wso2am/server/subscription-data/apply-key-manager-event.ts';
import { applyNotification } from '../../../../compose/wso2am/server/subscription-data/apply-notification.ts';
import { subscriptionData } from '../../../../compose/wso2am/server/subscription-data/subscription-data.ts';
import { createSubscriptionStore } from '../../../../compose/wso2am/server/subscription-data/subscription-store.ts';
import type { MapMessage, MapValue } from '../../../../lab/product/map-message/map-message.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { sampleApplication, samplePolicy, sampleSubscription } from './sample-changes.ts';

const payload = z.object({ eventType: z.string(), timestamp: z.bigint(), event: z.string() });

/** A node of 3.2.0, and the memory of a gateway that hears of its changes; the event hub knows nothing. */
const startBoth = () => {
  const store = createSubscriptionStore();
  const data = subscriptionData(store, async () => undefined, recordedLog().log(''));
  const events = createEvents(() => undefined);
  const heard: Promise<void>[] = [];
  const publish = (_stream: unknown, message: unknown): boolean => {
    const { eventType, timestamp, event } = payload.parse(message);
    const map: MapMessage = new Map([
      ['eventType', { type: 'string', value: eventType }],
      ['timestamp', { type: 'long', value: timestamp }],
      ['event', { type: 'string', value: event }],
    ]);
    heard.push(applyNotification(data, map));
    return true;
  };
  notifyGateways({ events, publisher: { publish }, clock: () => 0 });
  return { events, store, settled: () => Promise.all(heard) };
};

describe('the memory of a gateway of 3.2.0', () => {
  it('follows an application, its keys and its subscription to their end', async () => {
    const { events, store, settled } = startBoth();
    await events.applicationChanged.fire(sampleApplication());
    await events.keysGenerated.fire({
      applicationRowId: 3,
      consumerKey: 'ck',
      keyType: 'PRODUCTION',
      keyManager: 'KM',
    });
    await events.subscriptionChanged.fire(sampleSubscription());
    await settled();
    expect(store.applications.all()).toMatchObject([{ id: 3, name: 'app1', subName: 'admin', policy: 'Unlimited' }]);
    expect(store.keyMappings.all()).toMatchObject([{ applicationId: 3, consumerKey: 'ck', keyType: 'PRODUCTION' }]);
    expect(store.subscriptions.all()).toMatchObject([{ apiId: 7, appId: 3, policyId: 'Gold' }]);

    await events.subscriptionChanged.fire(sampleSubscription({ change: 'updated', state: 'BLOCKED' }));
    await settled();
    expect(store.subscriptions.all()).toMatchObject([{ subscriptionState: 'BLOCKED' }]);
    await events.subscriptionChanged.fire(sampleSubscription({ change: 'deleted' }));
    await events.applicationChanged.fire(sampleApplication({ change: 'deleted' }));
    await settled();
    expect([store.subscriptions.all(), store.applications.all()]).toEqual([[], []]);
  });

  it('follows policies', async () => {
    const { events, store, settled } = startBoth();
    const subscription = { rateLimitCount: 5, rateLimitTimeUnit: 'sec', stopOnQuotaReach: false };
    await events.policyChanged.fire(
      samplePolicy({ level: 'subscription', change: 'created', name: 'Gold', subscription }),
    );
    await events.policyChanged.fire(samplePolicy({ level: 'application', change: 'created', name: 'Large' }));
    await settled();

    expect(store.subscriptionPolicies.all()).toMatchObject([{ name: 'Gold', ...subscription }]);
    expect(store.applicationPolicies.all()).toMatchObject([{ name: 'Large', quotaType: 'requestCount' }]);
    await events.policyChanged.fire(samplePolicy({ level: 'application', change: 'deleted', name: 'Large' }));
    await settled();
    expect(store.applicationPolicies.all()).toEqual([]);
  });

  it('follows a Key Manager to its end', async () => {
    const store = createSubscriptionStore();
    const events = createEvents(() => undefined);
    const publish = (stream: { readonly id: string }, message: object): boolean => {
      expect(stream.id).toBe('org.wso2.apimgt.keymgt.stream:1.0.0');
      const map = new Map<string, MapValue>();
      for (const [name, value] of Object.entries(message))
        map.set(
          name,
          typeof value === 'boolean' ? { type: 'boolean', value } : { type: 'string', value: String(value) },
        );
      applyKeyManagerEvent(store, map);
      return true;
    };
    notifyGateways({ events, publisher: { publish }, clock: () => 0 });
    const okta = { name: 'Okta', type: 'Okta', enabled: true, configuration: { issuer: 'https://okta.lab' } };
    await events.keyManagerChanged.fire({ change: 'created', ...okta });
    expect(store.keyManagers.all()).toEqual([okta]);

    await events.keyManagerChanged.fire({ change: 'updated', ...okta, enabled: false });
    expect(store.keyManagers.all()).toEqual([{ ...okta, enabled: false }]);

    await events.keyManagerChanged.fire({ change: 'deleted', ...okta });
    expect(store.keyManagers.all()).toEqual([]);
  });
});
