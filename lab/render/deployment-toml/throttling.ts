import { nodeEndpoint, nodesOf, nodeUrl, urlOf, worksAs } from '../../plan/addresses.ts';
import type { Plan, PlannedNode } from '../../plan/plan.ts';
import type { TomlTable } from '../toml/document.ts';
import { type Block, type BlockRenderer, servicesOf } from './block.ts';
import { REFERENCED_ADMIN } from './credentials.ts';

const THROTTLING = 'apim.throttling';

const throttling = (content: TomlTable): Block => ({
  path: THROTTLING,
  comment: 'The Traffic Managers',
  content: { ...REFERENCED_ADMIN, ...content },
});

/** `service_url`: policy deployment and, in 3.2.0, the event hub; the only address that may be a load balancer's (configuration.md 5.6). */
export const renderPolicyService: BlockRenderer = (plan, node) => {
  const url = urlOf(plan, 'traffic-manager', 'https');
  if (url === undefined || worksAs(plan, node, 'traffic-manager')) return [];
  return [throttling({ service_url: servicesOf(url) })];
};

/**
 * `throttle_decision_endpoints`: every broker, as a failover list. Left off where the node has a broker of its own to
 * listen to, which is the default and what its own publishers use (configuration.md 5.6).
 */
export const renderDecisionEndpoints: BlockRenderer = (plan, node) => {
  const managers = nodesOf(plan, 'traffic-manager');
  if (managers.length === 0 || worksAs(plan, node, 'traffic-manager')) return [];
  return [throttling({ throttle_decision_endpoints: managers.map(brokerUrl) })];
};

/**
 * `[[apim.throttling.url_group]]`: one group per Traffic Manager, so that each gets every event; receivers and log-ins in
 * the same order (configuration.md 5.6, 11).
 */
export const renderUrlGroups: BlockRenderer = (plan, node) => {
  const managers = nodesOf(plan, 'traffic-manager');
  if (managers.every(({ name }) => name === node.name)) return [];
  return [
    throttling({}),
    {
      path: `${THROTTLING}.url_group`,
      comment: 'One group per Traffic Manager: each gets every event',
      content: managers.map((manager) => ({
        traffic_manager_urls: [nodeUrl(manager, 'databridge')],
        traffic_manager_auth_urls: [nodeUrl(manager, 'databridgeTls')],
      })),
    },
  ];
};

/**
 * `event_duplicate_url` (3.2.0): event hub notifications reach one Traffic Manager through the load balancer, which
 * repeats them to the other (configuration.md 11). The product connects to one broker of this list at a time, so of three
 * or more Traffic Managers some miss notifications; the list starts with the next one, so that each is somebody's target.
 */
export const renderEventDuplicates: BlockRenderer = (plan, node) => {
  const others = othersAfter(plan, node);
  return others.length === 0
    ? []
    : [
        {
          path: THROTTLING,
          comment: 'Repeats event hub notifications to the other Traffic Manager',
          content: { event_duplicate_url: others.map(brokerUrl) },
        },
      ];
};

/** The other Traffic Managers, from the one after this node round to the one before it. */
const othersAfter = (plan: Plan, node: PlannedNode): readonly PlannedNode[] => {
  const managers = nodesOf(plan, 'traffic-manager');
  const own = managers.findIndex(({ name }) => name === node.name);
  return own === -1 ? [] : [...managers.slice(own + 1), ...managers.slice(0, own)];
};

/** A broker of this list is addressed as plain TCP, whatever protocol it speaks. */
const brokerUrl = (node: PlannedNode): string => {
  const { hostname, port } = nodeEndpoint(node, 'amqp');
  return `tcp://${hostname}:${port}`;
};
