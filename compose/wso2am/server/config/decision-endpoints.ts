import type { Configuration } from './configuration.ts';
import { type Properties, replaceProperties } from './replace-properties.ts';

/** This node's own broker: a gateway without the key subscribes to itself and logs no error (configuration.md 2.4, 5.6). */
const OWN_BROKER = `tcp://\${carbon.local.ip}:\${jms.port}`;

/** Brokers from which a node learns throttling decisions: a failover list, attached to one at a time (configuration.md 5.6). */
export const decisionEndpoints = (configuration: Configuration, properties: Properties): readonly string[] => {
  const key = 'apim.throttling.throttle_decision_endpoints';
  const endpoints = configuration.has(key) ? configuration.list(key) : [OWN_BROKER];
  return endpoints.map((endpoint) => replaceProperties(endpoint, properties));
};

/** The connection URL the product renders into `jndi.properties`; `%26` is the `&` between a broker's options. */
export const decisionConnectionUrl = (configuration: Configuration, properties: Properties): string => {
  const text = (name: string): string =>
    replaceProperties(configuration.text(`apim.throttling.jms.${name}`), properties);
  const brokers = decisionEndpoints(configuration, properties)
    .map((url) => `${url}?retries='5'%26connectdelay='50';`)
    .join('');
  return `amqp://${text('username')}:${text('password')}@clientid/carbon?brokerlist='${brokers}'`;
};
