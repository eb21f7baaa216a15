import type { Agent as TlsAgent } from 'node:https';
import type { GatewayEnvironments } from '../config/gateway-environments.ts';
import type { RestContext } from '../rest-api/rest-context.ts';
import type { GatewayDeployer } from './gateway-deployer/gateway-deployer.ts';

/** What the Publisher's REST API needs of its node. */
export type PublisherContext = RestContext & {
  /** For whatever this node reads over TLS. */
  readonly agent: TlsAgent;
  /** Gateways that APIs can be deployed to (configuration.md 5.3). */
  readonly environments: GatewayEnvironments['environments'];
  readonly deployer: GatewayDeployer;
};
