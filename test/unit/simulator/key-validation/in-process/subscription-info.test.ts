import { describe, expect, it } from 'vitest';
import { subscriptionInfo } from '../../../../../compose/wso2am/server/key-validation/in-process/subscription-info.ts';
import { eventHubDouble } from '../../subscription-data/event-hub-double.ts';

const BYTES = { quotaType: 'bandwidthVolume' };
const REQUESTS = { quotaType: 'requestCount' };

describe('the messages of an API are measured in 3.2.0', () => {
  it.each<[string, string, object, boolean]>([
    ['where the policy of a resource counts bytes', '/api-policies', { name: '10KPerMin', ...BYTES }, true],
    [
      'where one of its condition groups does',
      '/api-policies',
      { name: '10KPerMin', ...REQUESTS, conditionGroups: [REQUESTS, BYTES] },
      true,
    ],
    ['where the policy of the subscription does', '/subscription-policies', { name: 'Bronze', ...BYTES }, true],
    ['where that of the application does', '/application-policies', { name: '10PerMin', ...BYTES }, true],
    ['but not for a policy that it does not have', '/api-policies', { name: '50KPerMin', ...BYTES }, false],
    ['but not where all count requests', '/api-policies', { name: '10KPerMin', ...REQUESTS }, false],
  ])('%s', async (_where, list, policy, contentAware) => {
    const hub = eventHubDouble();
    hub.lists[list] = [{ ...policy }];
    await hub.data.load();

    const client = { consumerKey: 'key', keyManager: 'Resident Key Manager' };
    const call = { ...client, context: '/pizzashack/1.0.0', version: '1.0.0' };
    expect(await subscriptionInfo(hub.data, call)).toMatchObject({ authorized: true, contentAware });
  });
});
