import { LISTENERS, type Listener } from '../../../../lab/product/ports.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Variables } from './resolve-variables.ts';

/** Key that changes a listener's base port (configuration.md 3.1); the web socket ports stand in the inbound files. */
const BASE_PORT_KEYS: Readonly<Partial<Record<Listener, string>>> = {
  https: 'transport.https.properties.port',
  http: 'transport.http.properties.port',
  passthroughHttps: 'transport.passthru_https.listener.parameters.port',
  passthroughHttp: 'transport.passthru_http.listener.parameters.port',
  amqp: 'broker.transport.amqp.default_connection.port',
  amqps: 'broker.transport.amqp.ssl_connection.port',
  databridge: 'transport.binary.receiver.tcpPort',
  databridgeTls: 'transport.binary.receiver.sslPort',
};

/** Listeners whose port 3.0.0 takes from a file edited by hand: a key for it is not looked at (configuration.md 3.1). */
const BY_HAND_IN_30: readonly Listener[] = ['amqp', 'amqps'];

/** Added to every listener's port: `-DportOffset`, else `[server] offset`, else 0 (configuration.md 3). */
export const portOffset = (configuration: Configuration, systemProperties: Variables): number => {
  const given = systemProperties.portOffset;
  if (given === undefined) return configuration.number('server.offset');
  if (!/^\d+$/.test(given)) throw new ConfigurationError(`System property portOffset is not a number: ${given}`);
  return Number(given);
};

/** Port a listener opens on this node, offset included. */
export const listenerPort = (configuration: Configuration, listener: Listener, offset: number): number => {
  const byHand = configuration.version === '3.0.0' && BY_HAND_IN_30.includes(listener);
  const key = byHand ? undefined : BASE_PORT_KEYS[listener];
  return (key === undefined ? LISTENERS[listener].base : configuration.number(key)) + offset;
};
