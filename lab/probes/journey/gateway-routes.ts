import type { LabStatus } from '../../engine/lab-status.ts';

/** A way to call published APIs over TLS. */
export type GatewayRoute = {
  /** `gw-1`, `load balancer`. */
  readonly to: string;
  /** Of the passthrough port: `https://localhost:20007`. */
  readonly origin: string;
  /** One gateway and no other; a balancer may pick another one each time. */
  readonly direct: boolean;
};

/** Every way to call published APIs: each gateway, then the load balancer before them. */
export const gatewayRoutes = ({ nodes, endpoints }: LabStatus): readonly GatewayRoute[] => [
  ...nodes.flatMap(({ name, role, urls }) =>
    role === 'gateway' || role === 'all-in-one' ? route(name, urls.passthroughHttps, true) : [],
  ),
  ...Object.entries(endpoints).flatMap(([role, urls]) =>
    role === 'gateway' || role === 'all-in-one' ? route('load balancer', urls.passthroughHttps, false) : [],
  ),
];

const route = (to: string, origin: string | undefined, direct: boolean): readonly GatewayRoute[] =>
  origin === undefined ? [] : [{ to, origin, direct }];
