import type { Listener } from './ports.ts';
import type { Role } from './roles.ts';

/**
 * Listeners that accept when a node of the role does its work, the servlet port last in the product's start
 * (wire.md 9.1, the charts of configuration.md 13). A port alone is asked: the product image has no HTTP client.
 */
export const HEALTH_LISTENERS: Readonly<Record<Role, readonly Listener[]>> = {
  'key-manager': ['https'],
  'traffic-manager': ['databridge', 'databridgeTls', 'amqp', 'https'],
  publisher: ['https'],
  'developer-portal': ['https'],
  gateway: ['passthroughHttps', 'passthroughHttp', 'https'],
  'all-in-one': ['databridge', 'amqp', 'passthroughHttps', 'https'],
};

/** How long a start may take, seconds: the product images' own grace against the simulator's (configuration.md 12). */
export const START_GRACE = { product: 300, simulator: 30 } as const;
