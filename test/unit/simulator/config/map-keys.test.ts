import { describe, expect, it } from 'vitest';
import { KEY_MAPPINGS } from '../../../../compose/wso2am/server/config/key-mappings.ts';
import { mapKeys } from '../../../../compose/wso2am/server/config/map-keys.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { load } from './deployment.ts';

describe('key mappings', () => {
  it.each([
    ['transport.http.listener.port', 'transport.passthru_http.listener.parameters.port'],
    ['transport.http.listener.secured_port', 'transport.passthru_https.listener.parameters.port'],
    ['transport.http.listener.verify_client', 'transport.passthru_https.listener.parameters.SSLVerifyClient'],
    ['apim.cache.gateway_token.expiry_time', 'apim.cache.token_expiry_time'],
    ['apim.cache.km_token.expiry_time', 'apim.cache.token_expiry_time'],
    ['apim.throttling.enable_persistence', 'event_processor.enable_persistence'],
    ['apim.throttling.event_sync.hostname', 'event_processor.event_sync.hostname'],
    ['apim.throttling.event_management.port', 'event_processor.event_management.port'],
    ['apim.notification.password', 'output_adapter.email.password'],
  ])('rename %s, and the old name is gone', (from, to) => {
    expect(mapKeys(new Map([[from, 'x']]))).toEqual(new Map([[to, 'x']]));
  });

  it('give both receivers the port of one key', () => {
    const keys = mapKeys(new Map([['transport.receiver.tcp_port', 9700]]));

    expect([...keys.keys()].sort()).toEqual(['transport.binary.receiver.tcpPort', 'transport.thrift.receiver.tcpPort']);
  });

  it('let the last of two token cache times win', () => {
    const keys = mapKeys(
      new Map([
        ['apim.cache.km_token.expiry_time', '1m'],
        ['apim.cache.gateway_token.expiry_time', '2m'],
      ]),
    );

    expect(keys.get('apim.cache.token_expiry_time')).toBe('2m');
  });

  it('leave every other key as it is, the names of JavaScript methods too', () => {
    const keys = new Map([
      ['toString', 1],
      ['server.hostname', 2],
    ]);

    expect(mapKeys(keys)).toEqual(keys);
  });

  it('never map twice: no target is itself renamed', () => {
    for (const target of Object.values(KEY_MAPPINGS).flat()) expect(Object.keys(KEY_MAPPINGS)).not.toContain(target);
  });

  it.each(VERSIONS)('break the render of %s over transport.http.max_message_size_bytes', (version) => {
    expect(() => load({ 'transport.http': { max_message_size_bytes: 1024 } }, { version })).toThrow(
      "Couldn't find matching ending \"'\" for sub key in flat key passthru_http.''valid.max.message.size.in.bytes'",
    );
  });
});
