import { LISTENERS, type Listener } from '../../../../lab/product/ports.ts';
import type { Configuration } from './configuration.ts';
import { listenerPort } from './listener-port.ts';
import { type Properties, replaceProperties } from './replace-properties.ts';
import type { Variables } from './resolve-variables.ts';

export type NodeFacts = {
  /** Address of the node itself: `carbon.local.ip`. */
  readonly localIp: string;
  readonly offset: number;
  /** What this node opens; the passthrough listener sets its own properties. */
  readonly listeners: readonly Listener[];
  /** Those of the command line; they are there at run time as well. */
  readonly systemProperties: Variables;
};

/** Host name of the node as in `carbon.xml`; a node without one calls itself localhost (configuration.md 5.1). */
const hostName = (configuration: Configuration): string => configuration.optionalText('server.hostname') ?? 'localhost';

/** System properties that `${name}` in a configuration can mean on this node (configuration.md 3.4). */
export const runtimeProperties = (configuration: Configuration, facts: NodeFacts): Properties => {
  const port = (listener: Listener): string => String(listenerPort(configuration, listener, facts.offset));
  /** These three ignore a changed base port: the product adds the offset to constants (configuration.md 3.4). */
  const shippedPort = (listener: Listener): string => String(LISTENERS[listener].base + facts.offset);
  const passthrough = facts.listeners.includes('passthroughHttp');

  const properties = new Map(
    Object.entries({
      ...facts.systemProperties,
      'mgt.transport.https.port': port('https'),
      'mgt.transport.http.port': port('http'),
      'mgt.transport.https.proxyPort': configuration.optionalText('transport.https.properties.proxyPort'),
      'http.nio.port': passthrough ? port('passthroughHttp') : undefined,
      'https.nio.port': passthrough ? port('passthroughHttps') : undefined,
      'receiver.url.port': shippedPort('databridge'),
      'auth.url.port': shippedPort('databridgeTls'),
      'jms.port': shippedPort('amqp'),
      'carbon.local.ip': facts.localIp,
      'carbon.host': hostName(configuration),
      'carbon.context': '/',
      'carbon.protocol': 'https',
      'carbon.management.port': port('https'),
      'admin.username': configuration.text('super_admin.username'),
      'admin.password': configuration.text('super_admin.password'),
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );

  const keyManager = addressOf(replaceProperties(configuration.text('apim.key_manager.service_url'), properties));
  if (keyManager !== undefined) {
    properties.set('keyManagerHostname', keyManager.host === facts.localIp ? 'localhost' : keyManager.host);
    properties.set('keyManagerPort', keyManager.port);
  }
  return properties;
};

/** Host and port of a URL; undefined for one that is malformed, as with a `${name}` left in it. */
const addressOf = (url: string): { readonly host: string; readonly port: string } | undefined => {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: port || (protocol === 'http:' ? '80' : '443') };
};
