import type { GatewayEnvironments } from '../config/gateway-environments.ts';
import type { RestContext } from '../rest-api/rest-context.ts';

/** What the Developer Portal's REST API needs of its node. */
export type DevportalContext = RestContext & {
  /** Gateways whose addresses APIs show (configuration.md 5.3). */
  readonly environments: GatewayEnvironments['environments'];
};
