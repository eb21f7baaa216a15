import { describe, expect, it } from 'vitest';
import {
  decisionConnectionUrl,
  decisionEndpoints,
  hubConnectionUrl,
} from '../../../../compose/wso2am/server/config/decision-endpoints.ts';
import { nodeOf } from './node.ts';

describe('decision endpoints', () => {
  it('are the brokers configured, in order', () => {
    const { configuration, properties } = nodeOf('gateway', {
      'apim.throttling': { throttle_decision_endpoints: ['tcp://tm1:5672', 'tcp://tm2:5672'] },
    });

    expect(decisionEndpoints(configuration, properties)).toEqual(['tcp://tm1:5672', 'tcp://tm2:5672']);
  });

  it("are the node's own broker without the key", () => {
    const { configuration, properties } = nodeOf('gateway', { server: { node_ip: '127.0.0.1', offset: 4 } });

    expect(decisionEndpoints(configuration, properties)).toEqual(['tcp://10.9.0.5:5676']);
  });

  it('render as one failover list with the user of throttling', () => {
    const { configuration, properties } = nodeOf('gateway', {
      super_admin: { username: 'carl', password: 'pass' },
      'apim.throttling': { throttle_decision_endpoints: ['tcp://tm1:5672', 'tcp://tm2:5672'] },
    });

    expect(decisionConnectionUrl(configuration, properties)).toBe(
      'amqp://carl:pass@clientid/carbon?brokerlist=' +
        "'tcp://tm1:5672?retries='5'%26connectdelay='50';tcp://tm2:5672?retries='5'%26connectdelay='50';'",
    );
  });

  it('give way to a connection URL that is written in full', () => {
    const topic_connection_factory = "amqp://a:b@clientid/carbon?brokerlist='tcp://tm9:5672'";
    const { configuration, properties } = nodeOf('gateway', { 'apim.throttling.jms': { topic_connection_factory } });

    expect(decisionConnectionUrl(configuration, properties)).toBe(topic_connection_factory);
  });

  it.each([
    ['3.2.0', "amqp://eve:hub@clientid/carbon?brokerlist='tcp://hub:5672?retries='5'%26connectdelay='50';'"],
    ['3.1.0', "amqp://admin:admin@clientid/carbon?brokerlist='tcp://tm1:5672?retries='5'%26connectdelay='50';'"],
  ] as const)('of the event hub in %s are %s', (version, url) => {
    const tables = {
      'apim.throttling': { throttle_decision_endpoints: ['tcp://tm1:5672'] },
      'apim.event_hub': { username: 'eve', password: 'hub', event_listening_endpoints: ['tcp://hub:5672'] },
    };
    const { configuration, properties } = nodeOf('gateway', tables, { version });

    expect(hubConnectionUrl(configuration, properties)).toBe(url);
    expect(decisionConnectionUrl(configuration, properties)).toContain('tcp://tm1:5672');
  });
});
