import type { Plan } from './plan.ts';

/** A port that a lab publishes on the loopback address of the host. */
export type HostPort = {
  /** Node or part: `gw-1`, `lb`, `mysql`. */
  readonly name: string;
  /** What listens: a listener, at the load balancer with the role behind it. */
  readonly listener: string;
  readonly port: number;
};

/** Every port that a lab takes on this machine. */
export const hostPortsOf = ({ nodes, balancers, database, backend }: Plan): readonly HostPort[] => [
  ...nodes.flatMap(({ name, listeners }) =>
    listeners.flatMap(({ listener, hostPort }) => published(name, listener, hostPort)),
  ),
  ...balancers.flatMap(({ name, fronts }) =>
    fronts.flatMap(({ role, listener, hostPort }) => published(name, `${role} ${listener}`, hostPort)),
  ),
  ...published(database.name, 'mysql', database.hostPort),
  ...(backend ? published(backend.name, 'http', backend.hostPort) : []),
];

const published = (name: string, listener: string, port: number | undefined): readonly HostPort[] =>
  port === undefined ? [] : [{ name, listener, port }];
