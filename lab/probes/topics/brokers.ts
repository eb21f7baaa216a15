import type { LabStatus } from '../../engine/lab-status.ts';
import type { Role } from '../../product/roles.ts';

/** Broker of a Traffic Manager, as the host reaches it. */
export type TopicBroker = {
  /** `tm-1`. */
  readonly node: string;
  /** `amqp://localhost:20014`. */
  readonly url: string;
};

/** Roles whose brokers tell something: a Gateway runs one as well, but nothing is ever said on it (configuration.md 2.4). */
const ROLES: readonly Role[] = ['traffic-manager', 'all-in-one'];

/** The brokers of all Traffic Managers of a lab. */
export const topicBrokers = ({ nodes }: LabStatus): readonly TopicBroker[] =>
  nodes
    .filter(({ role }) => ROLES.includes(role))
    .flatMap(({ name: node, urls: { amqp: url } }) => (url === undefined ? [] : [{ node, url }]));
