import { describe, expect, it } from 'vitest';
import { parseBrokerUrl } from '../../../../../compose/wso2am/server/broker/client/broker-url.ts';

const AGAIN = { retries: 5, connectDelay: 50 };

describe('the connection URL of a JMS topic', () => {
  it('is read with its nested quotes and its failover list', () => {
    const url =
      "amqp://admin:p@ss:w0rd@clientid/carbon?brokerlist='tcp://tm-1:5672?retries='2'%26connectdelay='7';tcp://tm-2:5673?retries='5'%26connectdelay='50';'";
    expect(parseBrokerUrl(url)).toEqual({
      username: 'admin',
      password: 'p@ss:w0rd',
      virtualHost: 'carbon',
      brokers: [
        { host: 'tm-1', port: 5672, tls: false, retries: 2, connectDelay: 7 },
        { host: 'tm-2', port: 5673, tls: false, ...AGAIN },
      ],
    });
  });

  it.each([
    ['tcp://tm', { host: 'tm', port: 5672, tls: false }],
    ['tm:1', { host: 'tm', port: 1, tls: false }],
    ['ssl://tm', { host: 'tm', port: 8672, tls: true }],
    ["tcp://tm:8672?ssl='true'", { host: 'tm', port: 8672, tls: true }],
    ['tcp://[::1]:5672', { host: '::1', port: 5672, tls: false }],
  ])('takes the broker %s', (broker, address) => {
    expect(parseBrokerUrl(`amqp://a:b@c/carbon?brokerlist='${broker}'`).brokers).toEqual([{ ...address, ...AGAIN }]);
  });

  it.each([
    'amqp://admin:admin@tm:5672/carbon',
    "amqp://admin:admin@clientid/carbon?brokerlist=''",
    "amqp://admin:admin@clientid/carbon?brokerlist='tcp://:5672'",
    'nonsense',
  ])('is refused as %s', (url) => {
    expect(() => parseBrokerUrl(url)).toThrow(/the connection URL/);
  });
});
