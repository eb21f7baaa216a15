import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { notifyGateways } from '../../../../compose/wso2am/server/announcements/notify-gateways.ts';
import { createEvents } from '../../../../compose/wso2am/server/carbon/events.ts';
import { sampleApi, sampleApplication, samplePolicy, sampleSubscription } from './sample-changes.ts';

const NOW = 1_600_000_000_000;

const payload = z.object({ eventType: z.string(), timestamp: z.bigint(), event: z.base64() });
const envelope = z.looseObject({ eventId: z.uuid() });

/** A node of 3.2.0, and the messages it sends, decoded. */
const startNode = () => {
  const sent: unknown[] = [];
  const events = createEvents(() => undefined);
  const publish = (stream: { readonly id: string }, message: unknown) => {
    const { event, ...outer } = payload.parse(message);
    const { eventId: _random, ...fields } = envelope.parse(JSON.parse(Buffer.from(event, 'base64').toString('utf8')));
    sent.push({ stream: stream.id, ...outer, fields });
    return true;
  };
  notifyGateways({ events, publisher: { publish }, clock: () => NOW });
  return { events, sent };
};

/** A message as it should be. */
const message = (type: string, fields: object) => ({
  stream: 'org.wso2.apimgt.notification.stream:1.0.0',
  eventType: type,
  timestamp: BigInt(NOW),
  fields: { timeStamp: NOW, type, tenantId: -1234, tenantDomain: 'carbon.super', ...fields },
});

describe('gateways of 3.2.0 hear', () => {
  it.each([
    ['created', 'API_CREATE'],
    ['updated', 'API_UPDATE'],
    ['deleted', 'API_DELETE'],
    ['lifecycle-changed', 'API_LIFECYCLE_CHANGE'],
  ] as const)('of an API that is %s', async (change, type) => {
    const { events, sent } = startNode();
    await events.apiChanged.fire(sampleApi({ change }));

    expect(sent).toEqual([
      message(type, {
        apiName: 'PizzaShackAPI',
        apiId: 7,
        apiVersion: '1.0.0',
        apiContext: '/pizzashack/1.0.0',
        apiProvider: 'admin',
        apiType: 'HTTP',
        apiStatus: 'PUBLISHED',
      }),
    ]);
  });

  it.each([
    ['Publish', 'DEPLOY_API_IN_GATEWAY'],
    ['Remove', 'REMOVE_API_FROM_GATEWAY'],
  ] as const)('of an API that is saved for them to %s', async (instruction, type) => {
    const { events, sent } = startNode();
    await events.apiSaved.fire({ instruction, id: 'uuid', gatewayLabels: ['Production and Sandbox'] });

    expect(sent).toEqual([message(type, { apiId: 'uuid', gatewayLabels: ['Production and Sandbox'] })]);
  });

  it('of an application and of its keys', async () => {
    const { events, sent } = startNode();
    await events.applicationChanged.fire(sampleApplication());
    const keys = { applicationRowId: 3, consumerKey: 'ck', keyType: 'PRODUCTION', keyManager: 'Resident Key Manager' };
    await events.keysGenerated.fire(keys);

    expect(sent).toEqual([
      message('APPLICATION_CREATE', {
        uuid: '5d0c1ab2-0000-4000-8000-000000000003',
        applicationId: 3,
        applicationName: 'app1',
        tokenType: 'OAUTH',
        applicationPolicy: 'Unlimited',
        groupId: '',
        attributes: {},
        subscriber: 'admin',
      }),
      message('APPLICATION_REGISTRATION_CREATE', {
        applicationId: 3,
        consumerKey: 'ck',
        keyType: 'PRODUCTION',
        keyManager: 'Resident Key Manager',
      }),
    ]);
  });

  it('of a subscription and of what became of it', async () => {
    const { events, sent } = startNode();
    const fields = { subscriptionId: 11, apiId: 7, applicationId: 3, policyId: 'Gold' };
    await events.subscriptionChanged.fire(sampleSubscription());
    await events.subscriptionChanged.fire(sampleSubscription({ change: 'updated', state: 'BLOCKED' }));
    await events.subscriptionChanged.fire(sampleSubscription({ change: 'deleted' }));

    expect(sent).toEqual([
      message('SUBSCRIPTIONS_CREATE', { ...fields, subscriptionState: 'UNBLOCKED' }),
      message('SUBSCRIPTIONS_UPDATE', { ...fields, subscriptionState: 'BLOCKED' }),
      message('SUBSCRIPTIONS_DELETE', { ...fields, subscriptionState: 'UNBLOCKED' }),
    ]);
  });

  it('of policies of three levels with what each has, and not of custom ones', async () => {
    const { events, sent } = startNode();
    const burst = { rateLimitCount: 5, rateLimitTimeUnit: 'sec', stopOnQuotaReach: true };
    await events.policyChanged.fire(samplePolicy({ level: 'subscription', change: 'created', subscription: burst }));
    await events.policyChanged.fire(samplePolicy({ level: 'application', change: 'deleted' }));
    await events.policyChanged.fire(samplePolicy({ deletedConditionGroups: [4] }));
    await events.policyChanged.fire(samplePolicy({ level: 'global' }));

    const fields = { policyId: 5, policyName: '10KPerMin', quotaType: 'requestCount' };
    expect(sent).toEqual([
      message('POLICY_CREATE', {
        ...fields,
        policyType: 'SUBSCRIPTION',
        ...burst,
        graphQLMaxDepth: 0,
        graphQLMaxComplexity: 0,
      }),
      message('POLICY_DELETE', { ...fields, policyType: 'APPLICATION' }),
      message('POLICY_UPDATE', { ...fields, policyType: 'API', deletedConditionGroupIds: [4] }),
    ]);
  });
});
