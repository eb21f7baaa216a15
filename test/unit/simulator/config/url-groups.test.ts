import { describe, expect, it } from 'vitest';
import { UrlGroupError } from '../../../../compose/wso2am/server/config/url-group-error.ts';
import { receiverUrlGroups, renderUrlGroups } from '../../../../compose/wso2am/server/config/url-groups.ts';
import type { Tables } from './deployment.ts';
import { nodeOf } from './node.ts';

const groupsOf = (tables: Tables) => {
  const { configuration, properties } = nodeOf('gateway', tables);
  return receiverUrlGroups(configuration, properties);
};

const group = (hosts: readonly string[], more: Readonly<Record<string, string>> = {}) => ({
  traffic_manager_urls: hosts.map((host) => `tcp://${host}:9611`),
  traffic_manager_auth_urls: hosts.map((host) => `ssl://${host}:9711`),
  ...more,
});

const TABLE = 'apim.throttling.url_group';

describe('receiver URL groups', () => {
  it.each([
    ['one group, one URL', [group(['tm'])], '{tcp://tm:9611}', '{ssl://tm:9711}'],
    [
      'two groups, one URL each',
      [group(['tm1']), group(['tm2'])],
      '{tcp://tm1:9611},{tcp://tm2:9611}',
      '{ssl://tm1:9711},{ssl://tm2:9711}',
    ],
    [
      'one group, two URLs, load balanced',
      [group(['tm1', 'tm2'], { type: 'loadbalance' })],
      '{tcp://tm1:9611,tcp://tm2:9611}',
      '{ssl://tm1:9711,ssl://tm2:9711}',
    ],
    [
      'one group, two URLs, no type',
      [group(['tm1', 'tm2'])],
      '{tcp://tm1:9611|tcp://tm2:9611}',
      '{ssl://tm1:9711|ssl://tm2:9711}',
    ],
    [
      'one group, two URLs, a type that is almost right',
      [group(['tm1', 'tm2'], { type: 'loadBalance' })],
      '{tcp://tm1:9611|tcp://tm2:9611}',
      '{ssl://tm1:9711|ssl://tm2:9711}',
    ],
  ])('render %s', (_, tables, urls, authUrls) => {
    const groups = groupsOf({ [TABLE]: tables });

    expect(renderUrlGroups(groups, 'urls')).toBe(urls);
    expect(renderUrlGroups(groups, 'authUrls')).toBe(authUrls);
  });

  it('tell which groups balance and which fail over', () => {
    const groups = groupsOf({ [TABLE]: [group(['a', 'b'], { type: 'loadbalance' }), group(['c', 'd'])] });

    expect(groups).toEqual([
      { type: 'loadbalance', urls: ['tcp://a:9611', 'tcp://b:9611'], authUrls: ['ssl://a:9711', 'ssl://b:9711'] },
      { type: 'failover', urls: ['tcp://c:9611', 'tcp://d:9611'], authUrls: ['ssl://c:9711', 'ssl://d:9711'] },
    ]);
  });

  it('are this node itself when nothing is configured', () => {
    expect(groupsOf({ server: { node_ip: '127.0.0.1', offset: 3 } })).toEqual([
      { type: 'failover', urls: ['tcp://10.9.0.5:9614'], authUrls: ['ssl://10.9.0.5:9714'] },
    ]);
  });

  it('give way to receiver_url and receiver_auth_url, with or without braces', () => {
    const overridden = groupsOf({
      'apim.throttling': {
        receiver_url: '{tcp://a:1|tcp://b:2},{tcp://c:3}',
        receiver_auth_url: '{ssl://a:1|ssl://b:2},{ssl://c:3}',
      },
      [TABLE]: [group(['tm'])],
    });

    expect(overridden.map((each) => each.urls)).toEqual([['tcp://a:1', 'tcp://b:2'], ['tcp://c:3']]);
    expect(overridden.map((each) => each.authUrls)).toEqual([['ssl://a:1', 'ssl://b:2'], ['ssl://c:3']]);
    expect(groupsOf({ 'apim.throttling': { receiver_url: 'tcp://a:1' } })[0]?.urls).toEqual(['tcp://a:1']);
  });

  it.each([
    ['that mixes load balance and fail-over', '{tcp://a:1|tcp://b:2,tcp://c:3}', '{ssl://a:1,ssl://b:2,ssl://c:3}'],
    ['whose log-ins mix them', '{tcp://a:1|tcp://b:2|tcp://c:3}', '{ssl://a:1|ssl://b:2,ssl://c:3}'],
    ['whose log-ins balance while it fails over', '{tcp://a:1|tcp://b:2}', '{ssl://a:1,ssl://b:2}'],
    ['too many', '{tcp://a:1},{tcp://b:2}', '{ssl://a:1}'],
    ['too few', '{tcp://a:1}', '{ssl://a:1},{ssl://b:2}'],
  ])('are refused with a group %s', (_, receiver_url, receiver_auth_url) => {
    expect(() => groupsOf({ 'apim.throttling': { receiver_url, receiver_auth_url } })).toThrow(UrlGroupError);
  });

  it('replace known properties and leave unknown ones for whoever trips over them', () => {
    const urls = [`tcp://\${carbon.local.ip}:\${receiver.url.port}`, `tcp://\${nobody}:9611`];

    expect(groupsOf({ [TABLE]: [{ traffic_manager_urls: urls }] })).toEqual([
      { type: 'failover', urls: ['tcp://10.9.0.5:9611', `tcp://\${nobody}:9611`], authUrls: [] },
    ]);
  });
});
