import { describe, expect, it } from 'vitest';
import { eventHubDouble } from './event-hub-double.ts';

const RESIDENT = 'Resident Key Manager';

describe('the memory of a gateway', () => {
  it('is filled with everything the event hub lists, and then answers without it', async () => {
    const { data, asked } = eventHubDouble();
    await data.load();
    expect([...asked].sort()).toEqual([
      '/api-policies',
      '/apis',
      '/application-key-mappings',
      '/application-policies',
      '/applications',
      '/keymanagers',
      '/subscription-policies',
      '/subscriptions',
    ]);
    asked.splice(0);

    expect(await data.api('/pizzashack/1.0.0', '1.0.0')).toMatchObject({ apiId: 3, policy: '' });
    expect(await data.keyMapping('key', RESIDENT)).toMatchObject({ applicationId: 7, keyType: 'PRODUCTION' });
    expect(await data.application(7)).toMatchObject({ name: 'app1', subName: 'admin' });
    expect(await data.subscription(3, 7)).toMatchObject({ policyId: 'Bronze' });
    expect(await data.subscriptionPolicy('Bronze')).toMatchObject({ stopOnQuotaReach: false });
    expect(asked).toEqual([]);
  });

  it('fetches singly what it lacks, by the queries of the event hub, and keeps it', async () => {
    const { data, asked } = eventHubDouble();
    const find = async () => [
      await data.api('/pizzashack/1.0.0', '1.0.0'),
      await data.keyMapping('key', RESIDENT),
      await data.application(7),
      await data.subscription(3, 7),
      await data.subscriptionPolicy('Bronze'),
      await data.applicationPolicy('10PerMin'),
    ];
    expect(await find()).not.toContain(undefined);
    expect(await find()).not.toContain(undefined);

    expect(asked).toEqual([
      '/apis?context=%2Fpizzashack%2F1.0.0&version=1.0.0',
      '/application-key-mappings?consumerKey=key',
      '/applications?appId=7',
      '/subscriptions?apiId=3&appId=7',
      '/subscription-policies?policyName=Bronze',
      '/application-policies?policyName=10PerMin',
    ]);
  });

  it('asks once for calls that miss the same at the same time', async () => {
    const { data, asked } = eventHubDouble();
    const found = await Promise.all([data.keyMapping('key', RESIDENT), data.keyMapping('key', RESIDENT)]);

    expect(found).toEqual([expect.objectContaining({ consumerKey: 'key' }), found[0]]);
    expect(asked).toHaveLength(1);
  });

  it('tells clients of the same key apart by their Key Manager', async () => {
    const { data } = eventHubDouble();
    const mapped = { applicationId: 8, consumerKey: 'key', keyType: 'SANDBOX', keyManager: 'Okta' };

    expect(await data.keyMapping('key', 'Okta')).toBeUndefined();
    data.store.keyMappings.put(mapped);
    expect(await data.keyMapping('key', 'Okta')).toEqual(mapped);
    expect(await data.keyMapping('key', RESIDENT)).toMatchObject({ applicationId: 7 });
    data.store.keyMappings.put({ ...mapped, consumerKey: 'old', keyManager: '' });
    expect(await data.keyMapping('old', RESIDENT)).toMatchObject({ applicationId: 8 });
  });

  it('asks again for what nobody knew', async () => {
    const { data, asked } = eventHubDouble();

    expect(await data.keyMapping('new', RESIDENT)).toBeUndefined();
    expect(await data.keyMapping('new', RESIDENT)).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('lacks what cannot be asked for', async () => {
    const double = eventHubDouble();
    double.away = true;

    expect(await double.data.keyMapping('key', RESIDENT)).toBeUndefined();
  });

  it('takes nothing of a list that is none', async () => {
    const { data, lists, lines } = eventHubDouble();
    lists['/applications'] = [{ id: 8, name: 'good' }, { name: 'without an id' }];
    await data.load();

    expect(data.store.applications.all()).toEqual([]);
    expect(data.store.apis.all()).toHaveLength(1);
    expect(lines).toEqual(['ERROR Could not read what the event hub answered to /applications']);
  });
});
