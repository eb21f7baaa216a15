import { describe, expect, it } from 'vitest';
import { eventCacheInvalidator } from '../../../../compose/wso2am/server/announcements/event-cache-invalidator.ts';
import { invalidateCaches } from '../../../../compose/wso2am/server/announcements/invalidate-caches.ts';
import { createEvents } from '../../../../compose/wso2am/server/carbon/events.ts';
import type { Role } from '../../../../lab/product/roles.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { sampleApi, sampleApplication, samplePolicy, sampleSubscription } from './sample-changes.ts';

/** A node without databases, and the events that it sends to Traffic Managers. */
const startNode = (version: Version = '3.1.0', role: Role = 'key-manager') => {
  const sent: unknown[] = [];
  const failures: unknown[] = [];
  const events = createEvents((...failure) => void failures.push(failure));
  const publish = (stream: { readonly id: string }, payload: unknown) => {
    sent.push([stream.id, payload]);
    return true;
  };
  invalidateCaches(
    { version, role, events, databases: {}, log: recordedLog().log },
    eventCacheInvalidator({ publish }),
  );
  return { events, sent, failures };
};

const event = (type: string, value: string) => ['org.wso2.apimgt.cache.invalidation.stream:1.0.0', { type, value }];

const MENU = { template: '/menu', verb: 'GET' };

describe('caches of gateways are told to forget', () => {
  it('the resources of an API that are no longer the same', async () => {
    const { events, sent } = startNode();
    await events.apiChanged.fire(sampleApi({ changedResources: [MENU] }));

    expect(sent).toEqual([
      event(
        'resourceCache',
        '{"apiContext":"/pizzashack/1.0.0","apiVersion":"1.0.0","resources":[{"resourceURLContext":"/menu","httpVerb":"GET"}]}',
      ),
    ]);
  });

  it('nothing of an API whose resources are the same, that is new, or that goes', async () => {
    const { events, sent } = startNode();
    await events.apiChanged.fire(sampleApi());
    for (const change of ['created', 'deleted', 'lifecycle-changed'] as const)
      await events.apiChanged.fire(sampleApi({ change, changedResources: [MENU] }));

    expect(sent).toEqual([]);
  });

  it('all resources when an advanced policy changes, and nothing for policies of other levels', async () => {
    const { events, sent } = startNode();
    await events.policyChanged.fire(samplePolicy());
    await events.policyChanged.fire(samplePolicy({ change: 'created' }));
    for (const level of ['application', 'subscription', 'global'] as const)
      await events.policyChanged.fire(samplePolicy({ level }));

    expect(sent).toEqual([
      event('resourceCache', '{"apiContext":"POLICY:/t/carbon.super/","apiVersion":"","resources":[]}'),
    ]);
  });

  it('tokens and names of users that changed', async () => {
    const { events, sent } = startNode('3.2.0');
    await events.userChanged.fire({ change: 'deleted', users: ['mallory'], tokens: ['t1', 't2'] });
    await events.userChanged.fire({ change: 'roles-changed', users: ['alice', 'bob'], tokens: [] });

    expect(sent).toEqual([
      event('gatewayKeyCache', '["t1","t2"]'),
      event('gatewayUsernameCache', '["mallory@carbon.super"]'),
      event('gatewayUsernameCache', '["alice@carbon.super","bob@carbon.super"]'),
    ]);
  });

  it('nothing of users that were changed on a node without Key Manager', async () => {
    const { events, sent } = startNode('3.1.0', 'publisher');
    await events.userChanged.fire({ change: 'deleted', users: ['mallory'], tokens: ['t1'] });

    expect(sent).toEqual([]);
  });

  it.each(['3.0.0', '3.1.0'] as const)('the tokens of an application that is gone, in %s', async (version) => {
    const { events, sent } = startNode(version);
    await events.applicationChanged.fire(sampleApplication({ change: 'deleted', deletedTokens: ['t1'] }));

    expect(sent).toEqual([event('gatewayKeyCache', '["t1"]')]);
  });

  it('nothing of applications and subscriptions in 3.2.0', async () => {
    const { events, sent, failures } = startNode('3.2.0');
    await events.applicationChanged.fire(sampleApplication({ change: 'deleted', deletedTokens: ['t1'] }));
    await events.subscriptionChanged.fire(sampleSubscription());

    expect([sent, failures]).toEqual([[], []]);
  });
});
