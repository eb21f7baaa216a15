import type { Role } from './roles.ts';
import type { Version } from './versions.ts';

/** Listeners of a node, each with its base port; `[server] offset` is added to every one of them (configuration.md 3.1). */
export const LISTENERS = {
  https: { base: 9443, scheme: 'https', title: 'servlet HTTPS: consoles, admin services, REST APIs' },
  http: { base: 9763, scheme: 'http', title: 'servlet HTTP' },
  passthroughHttps: { base: 8243, scheme: 'https', title: 'API traffic, TLS' },
  passthroughHttp: { base: 8280, scheme: 'http', title: 'API traffic, plain' },
  ws: { base: 9099, scheme: 'ws', title: 'WebSocket APIs, plain' },
  wss: { base: 8099, scheme: 'wss', title: 'WebSocket APIs, TLS' },
  amqp: { base: 5672, scheme: 'amqp', title: 'broker: throttle decisions, revocations' },
  amqps: { base: 8672, scheme: 'amqps', title: 'broker over TLS' },
  databridge: { base: 9611, scheme: 'tcp', title: 'binary event receiver' },
  databridgeTls: { base: 9711, scheme: 'ssl', title: 'binary event receiver, TLS log-in' },
} as const;

export type Listener = keyof typeof LISTENERS;

export const LISTENER_NAMES = Object.keys(LISTENERS) as readonly Listener[];

const SERVLET: readonly Listener[] = ['https', 'http'];
const PASSTHROUGH: readonly Listener[] = ['passthroughHttps', 'passthroughHttp'];
const WEBSOCKET: readonly Listener[] = ['ws', 'wss'];
const BROKER: readonly Listener[] = ['amqp', 'amqps'];
const RECEIVER: readonly Listener[] = ['databridge', 'databridgeTls'];

/**
 * Listeners that an optimised node of a role opens (configuration.md 2.4).
 * Surprises kept as they are: Publisher and Portal carry a passthrough listener in 3.0/3.1 and an event receiver from
 * 3.1 on, and a Gateway runs a broker of its own.
 */
export const listenersOf = (role: Role, version: Version): readonly Listener[] => {
  switch (role) {
    case 'key-manager':
      return SERVLET;
    case 'traffic-manager':
      return [...SERVLET, ...BROKER, ...RECEIVER];
    case 'publisher':
    case 'developer-portal':
      return [...SERVLET, ...(version === '3.2.0' ? [] : PASSTHROUGH), ...(version === '3.0.0' ? [] : RECEIVER)];
    case 'gateway':
      return [...SERVLET, ...PASSTHROUGH, ...WEBSOCKET, ...BROKER];
    case 'all-in-one':
      return [...SERVLET, ...PASSTHROUGH, ...WEBSOCKET, ...BROKER, ...RECEIVER];
  }
};

/** Port of a listener on a node with this offset. */
export const portOf = (listener: Listener, offset: number): number => LISTENERS[listener].base + offset;

/** MySQL's port; no offset applies to it (configuration.md 3.1). */
export const MYSQL_PORT = 3306;
