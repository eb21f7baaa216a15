import { describe, expect, it } from 'vitest';
import { applyKeyManagerEvent } from '../../../../compose/wso2am/server/subscription-data/apply-key-manager-event.ts';
import { applyNotification } from '../../../../compose/wso2am/server/subscription-data/apply-notification.ts';
import { decodeAmqpMap, encodeAmqpMap } from '../../../../lab/product/map-message/amqp-map.ts';
import { boolean, long, mapMessage, string } from '../../../../lab/product/map-message/map-message.ts';
import { eventHubDouble } from './event-hub-double.ts';

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** A message of topic `notification` as it comes off the wire (wire.md 5.8, 5.9). */
const notification = (type: string, fields: object) =>
  decodeAmqpMap(
    encodeAmqpMap(
      mapMessage({
        eventType: string(type),
        timestamp: long(1_600_000_000_000),
        event: string(
          base64({
            eventId: 'e1',
            timeStamp: 1_600_000_000_000,
            type,
            tenantId: -1234,
            tenantDomain: 'carbon.super',
            ...fields,
          }),
        ),
      }),
    ),
  );

const startLoaded = async () => {
  const hub = eventHubDouble();
  await hub.data.load();
  hub.asked.splice(0);
  return { ...hub, tell: (type: string, fields: object) => applyNotification(hub.data, notification(type, fields)) };
};

const PIZZA = {
  apiName: 'PizzaShackAPI',
  apiId: 3,
  apiVersion: '1.0.0',
  apiContext: '/pizzashack/1.0.0',
  apiProvider: 'admin',
  apiType: 'HTTP',
  apiStatus: 'PUBLISHED',
};

const APPLICATION = {
  uuid: 'u9',
  applicationId: 9,
  applicationName: 'new',
  tokenType: 'JWT',
  applicationPolicy: 'Unlimited',
  groupId: '',
  attributes: {},
  subscriber: 'sam',
};

const SUBSCRIPTION = { subscriptionId: 11, apiId: 3, applicationId: 7, policyId: 'Gold', subscriptionState: 'BLOCKED' };

describe('a notification', () => {
  it.each(['API_CREATE', 'API_UPDATE', 'API_LIFECYCLE_CHANGE'])('%s has the API fetched anew', async (type) => {
    const { data, tell, lists, asked } = await startLoaded();
    lists['/apis'] = [{ ...lists['/apis']?.[0], policy: 'Gold' }];
    await tell(type, PIZZA);

    expect(asked).toEqual(['/apis?context=%2Fpizzashack%2F1.0.0&version=1.0.0']);
    expect(data.store.apis.all()).toMatchObject([{ policy: 'Gold' }]);
  });

  it('of a deleted API removes it', async () => {
    const { data, tell } = await startLoaded();
    await tell('API_DELETE', PIZZA);

    expect(data.store.apis.all()).toEqual([]);
  });

  it('of an application says all about it, until it is deleted', async () => {
    const { data, tell, asked } = await startLoaded();
    await tell('APPLICATION_CREATE', APPLICATION);
    expect(await data.application(9)).toEqual({
      id: 9,
      uuid: 'u9',
      name: 'new',
      subName: 'sam',
      policy: 'Unlimited',
      tokenType: 'JWT',
    });
    await tell('APPLICATION_UPDATE', { ...APPLICATION, applicationPolicy: '10PerMin' });
    expect((await data.application(9))?.policy).toBe('10PerMin');
    expect(asked).toEqual([]);
    await tell('APPLICATION_DELETE', APPLICATION);
    expect(data.store.applications.get('9')).toBeUndefined();
  });

  it('of a registration says whose a key is', async () => {
    const { data, tell, asked } = await startLoaded();
    const keys = { applicationId: 7, consumerKey: 'other', keyType: 'SANDBOX', keyManager: 'Resident Key Manager' };
    await tell('APPLICATION_REGISTRATION_CREATE', keys);

    expect(await data.keyMapping('other', 'Resident Key Manager')).toEqual(keys);
    expect(asked).toEqual([]);
  });

  it('of a subscription changes its policy and state, and removes it', async () => {
    const { data, tell } = await startLoaded();
    await tell('SUBSCRIPTIONS_UPDATE', SUBSCRIPTION);
    expect(await data.subscription(3, 7)).toEqual({
      subscriptionId: '11',
      policyId: 'Gold',
      apiId: 3,
      appId: 7,
      subscriptionState: 'BLOCKED',
    });
    await tell('SUBSCRIPTIONS_DELETE', SUBSCRIPTION);
    expect(data.store.subscriptions.all()).toEqual([]);
    await tell('SUBSCRIPTIONS_CREATE', SUBSCRIPTION);
    expect(data.store.subscriptions.all()).toHaveLength(1);
  });

  it('of a policy is told by its type', async () => {
    const { data, tell, lists, asked } = await startLoaded();
    const policy = { policyId: 5, policyName: 'Fast', quotaType: 'bandwidthVolume' };
    await tell('POLICY_CREATE', { ...policy, policyType: 'APPLICATION' });
    await tell('POLICY_UPDATE', {
      ...policy,
      policyType: 'SUBSCRIPTION',
      rateLimitCount: 2,
      rateLimitTimeUnit: 'min',
      stopOnQuotaReach: false,
    });
    expect(await data.applicationPolicy('Fast')).toEqual({ name: 'Fast', quotaType: 'bandwidthVolume' });
    expect(await data.subscriptionPolicy('Fast')).toMatchObject({ rateLimitCount: 2, stopOnQuotaReach: false });
    expect(asked).toEqual([]);

    lists['/api-policies'] = [{ name: 'Fast', quotaType: 'requestCount', applicableLevel: 'apiLevel' }];
    await tell('POLICY_CREATE', { ...policy, policyType: 'API' });
    expect(data.apiPolicy('Fast')).toMatchObject({ quotaType: 'requestCount' });

    for (const policyType of ['API', 'APPLICATION', 'SUBSCRIPTION'])
      await tell('POLICY_DELETE', { ...policy, policyType });
    const { apiPolicies, applicationPolicies, subscriptionPolicies } = data.store;
    for (const index of [apiPolicies, applicationPolicies, subscriptionPolicies])
      expect(index.get('Fast')).toBeUndefined();
  });

  it('of a kind that changes nothing here is passed over', async () => {
    const { tell, asked } = await startLoaded();
    await tell('DEPLOY_API_IN_GATEWAY', { apiId: 'u3', gatewayLabels: [] });

    expect(asked).toEqual([]);
  });

  it('that lacks what its kind needs is an error', async () => {
    const { tell } = await startLoaded();

    await expect(tell('SUBSCRIPTIONS_UPDATE', { apiId: 3 })).rejects.toThrow();
  });
});

describe('an event of a Key Manager', () => {
  const message = (action: string, enabled: boolean) =>
    mapMessage({
      event_type: string('key_manager_configuration'),
      action: string(action),
      name: string('Okta'),
      type: string('Okta'),
      enabled: boolean(enabled),
      value: string(base64({ issuer: 'https://okta.lab' })),
      tenantDomain: string('carbon.super'),
    });

  it('adds it, switches it off, and deletes it', async () => {
    const { data } = await startLoaded();
    applyKeyManagerEvent(data.store, message('add', true));
    expect(data.store.keyManagers.get('Okta')).toEqual({
      name: 'Okta',
      type: 'Okta',
      enabled: true,
      configuration: { issuer: 'https://okta.lab' },
    });
    applyKeyManagerEvent(data.store, message('update', false));
    expect(data.store.keyManagers.get('Okta')?.enabled).toBe(false);
    applyKeyManagerEvent(data.store, message('delete', false));
    expect(data.store.keyManagers.get('Okta')).toBeUndefined();
  });
});
