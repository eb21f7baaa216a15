import { nodeUrl, urlOf, worksAs } from '../../plan/addresses.ts';
import type { Plan, PlannedEnvironment, PlannedNode } from '../../plan/plan.ts';
import { gatewayManager } from '../../plan/sync.ts';
import type { Listener } from '../../product/ports.ts';
import type { TomlTable } from '../toml/document.ts';
import { type BlockRenderer, present, servicesOf, xmlText } from './block.ts';
import { SUBSTITUTED_ADMIN } from './credentials.ts';

/**
 * `[[apim.gateway.environment]]`: the gateways of each environment as one (configuration.md 5.3). A Key Manager only calls the
 * admin services; the portals also show people where to send their requests.
 */
export const renderGatewayEnvironments: BlockRenderer = (plan, node) => {
  const content = plan.environments.flatMap((environment) => environmentTable(plan, node, environment));
  if (content.length === 0) return [];
  return [
    {
      path: 'apim.gateway.environment',
      comment: 'The gateways: their admin services and, on portals, the addresses that API clients use',
      content,
    },
  ];
};

const environmentTable = (plan: Plan, node: PlannedNode, environment: PlannedEnvironment): readonly TomlTable[] => {
  const manager = gatewayManager(plan) ?? (worksAs(plan, node, 'gateway') ? node : undefined);
  const management = manager ? nodeUrl(manager, 'https') : urlOf(plan, 'gateway', 'https', environment);
  if (management === undefined) return [];
  const { name, type, description } = environment;
  const endpointOf = (listener: Listener) => urlOf(plan, 'gateway', listener, environment);
  const endpoints =
    node.role === 'key-manager'
      ? {}
      : {
          // The Portal of 3.1.0 and later shows one token endpoint.
          show_as_token_endpoint_url: environment === plan.environments[0],
          http_endpoint: endpointOf('passthroughHttp'),
          https_endpoint: endpointOf('passthroughHttps'),
          ws_endpoint: endpointOf('ws'),
          wss_endpoint: endpointOf('wss'),
        };
  const table = present({
    name,
    type,
    description: xmlText(description),
    // Absent would be written as an empty attribute, which reads as false (configuration.md 5.3).
    display_in_api_console: true,
    service_url: servicesOf(management),
    ...SUBSTITUTED_ADMIN,
    ...endpoints,
  });
  return [table];
};
