import { describe, expect, it } from 'vitest';
import { listenerPort, portOffset } from '../../../../compose/wso2am/server/config/listener-port.ts';
import { LISTENER_NAMES, LISTENERS } from '../../../../lab/product/ports.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { load } from './deployment.ts';

describe('the port of a listener', () => {
  it.each(VERSIONS)("is the product's base port plus the offset in %s", (version) => {
    const configuration = load({}, { version });

    for (const listener of LISTENER_NAMES) {
      expect(listenerPort(configuration, listener, 3)).toBe(LISTENERS[listener].base + 3);
    }
  });

  it.each([
    ['https', 'transport.https.properties', 'port'],
    ['http', 'transport.http.properties', 'port'],
    ['passthroughHttps', 'transport.http.listener', 'secured_port'],
    ['passthroughHttp', 'transport.http.listener', 'port'],
    ['databridge', 'transport.receiver', 'tcp_port'],
    ['databridgeTls', 'transport.receiver', 'ssl_port'],
  ] as const)('%s follows the key %s.%s', (listener, table, key) => {
    for (const version of VERSIONS) {
      expect(listenerPort(load({ [table]: { [key]: 7000 } }, { version }), listener, 1)).toBe(7001);
    }
  });

  it.each([
    ['3.0.0', 5673],
    ['3.1.0', 7001],
    ['3.2.0', 7001],
  ] as const)('of the broker in %s with a key for it is %i', (version, port) => {
    const tables = { 'broker.transport.amqp.default_connection': { port: '7000' } };

    expect(listenerPort(load(tables, { version }), 'amqp', 1)).toBe(port);
  });
});

describe('the offset', () => {
  const server = { node_ip: '127.0.0.1', offset: 2 };

  it('is that of the file, or none', () => {
    expect(portOffset(load({ server }), {})).toBe(2);
    expect(portOffset(load(), {})).toBe(0);
  });

  it('is that of the command line if given, and must be a number', () => {
    expect(portOffset(load({ server }), { portOffset: '7' })).toBe(7);
    expect(() => portOffset(load(), { portOffset: 'x' })).toThrow('portOffset is not a number');
  });
});
