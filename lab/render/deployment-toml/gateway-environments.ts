import { nodeUrl, urlOf, worksAs } from '../../plan/addresses.ts';
import { gatewayManager } from '../../plan/sync.ts';
import { type BlockRenderer, present, servicesOf } from './block.ts';
import { SUBSTITUTED_ADMIN } from './credentials.ts';

/** Name of all gateways together, as in the documentation's samples; what clients choose an environment by. */
export const ENVIRONMENT_NAME = 'Production and Sandbox';

const ENVIRONMENT = {
  name: ENVIRONMENT_NAME,
  type: 'hybrid',
  description: 'This is a hybrid gateway that handles both production and sandbox token traffic.',
  // Absent would be written as an empty attribute, which reads as false (configuration.md 5.3).
  display_in_api_console: true,
} as const;

/**
 * `[[apim.gateway.environment]]`: all gateways of the lab as one (configuration.md 5.3). A Key Manager only calls the
 * admin services; the portals also show people where to send their requests.
 */
export const renderGatewayEnvironments: BlockRenderer = (plan, node) => {
  const manager = gatewayManager(plan) ?? (worksAs(plan, node, 'gateway') ? node : undefined);
  const management = manager ? nodeUrl(manager, 'https') : urlOf(plan, 'gateway', 'https');
  if (management === undefined) return [];
  const endpoints =
    node.role === 'key-manager'
      ? {}
      : {
          show_as_token_endpoint_url: true,
          http_endpoint: urlOf(plan, 'gateway', 'passthroughHttp'),
          https_endpoint: urlOf(plan, 'gateway', 'passthroughHttps'),
          ws_endpoint: urlOf(plan, 'gateway', 'ws'),
          wss_endpoint: urlOf(plan, 'gateway', 'wss'),
        };
  return [
    {
      path: 'apim.gateway.environment',
      comment: 'The gateways: their admin services and, on portals, the addresses that API clients use',
      content: [present({ ...ENVIRONMENT, service_url: servicesOf(management), ...SUBSTITUTED_ADMIN, ...endpoints })],
    },
  ];
};
