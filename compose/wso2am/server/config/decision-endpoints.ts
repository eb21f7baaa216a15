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

/** The connection URL in `jndi.properties`: rendered from the endpoints, or written in full (wire.md 5.7). */
export const decisionConnectionUrl = (configuration: Configuration, properties: Properties): string => {
  const whole = configuration.optionalText('apim.throttling.jms.topic_connection_factory');
  if (whole !== undefined) return replaceProperties(whole, properties);
  return connectionUrl(decisionEndpoints(configuration, properties), {
    username: replaceProperties(configuration.text('apim.throttling.jms.username'), properties),
    password: replaceProperties(configuration.text('apim.throttling.jms.password'), properties),
  });
};

const HUB_ENDPOINTS = 'apim.event_hub.event_listening_endpoints';

/**
 * Where a gateway hears everything but decisions, blocking conditions and key templates: at the same brokers, unless the event
 * hub of 3.2.0 has its own (configuration.md 5.7).
 */
export const hubConnectionUrl = (configuration: Configuration, properties: Properties): string => {
  if (configuration.version !== '3.2.0' || !configuration.has(HUB_ENDPOINTS))
    return decisionConnectionUrl(configuration, properties);
  const endpoints = configuration.list(HUB_ENDPOINTS).map((endpoint) => replaceProperties(endpoint, properties));
  return connectionUrl(endpoints, {
    username: configuration.text('apim.event_hub.username'),
    password: configuration.text('apim.event_hub.password'),
  });
};

type Credentials = { readonly username: string; readonly password: string };

/** The form the product renders; `%26` is the `&` between a broker's options. */
const connectionUrl = (endpoints: readonly string[], { username, password }: Credentials): string => {
  const brokers = endpoints.map((url) => `${url}?retries='5'%26connectdelay='50';`).join('');
  return `amqp://${username}:${password}@clientid/carbon?brokerlist='${brokers}'`;
};
