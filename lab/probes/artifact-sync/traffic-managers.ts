import type { LabStatus } from '../../engine/lab-status.ts';

/** A Traffic Manager as the host reaches it. */
export type TrafficManager = {
  readonly node: string;
  /** Of the servlet port: `https://localhost:20010`. */
  readonly origin: string;
};

/** Every Traffic Manager of a lab, the all-in-ones among them. */
export const trafficManagersOf = ({ nodes }: Pick<LabStatus, 'nodes'>): readonly TrafficManager[] =>
  nodes.flatMap(({ name, role, urls: { https } }) =>
    (role === 'traffic-manager' || role === 'all-in-one') && https !== undefined ? [{ node: name, origin: https }] : [],
  );
