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

/** Every way to call published APIs: the gateways of each environment, then the load balancer before them. */
export const gatewayRoutes = ({ nodes, environments }: LabStatus): readonly GatewayRoute[] => {
  const originOf = (gateway: string) => nodes.find(({ name }) => name === gateway)?.urls.passthroughHttps;
  const balancer = (name: string) => (environments.length > 1 ? `load balancer of ${name}` : 'load balancer');
  return [
    ...environments.flatMap(({ gateways }) => gateways.flatMap((name) => route(name, originOf(name), true))),
    ...environments.flatMap(({ name, urls }) => route(balancer(name), urls.passthroughHttps, false)),
  ];
};

const route = (to: string, origin: string | undefined, direct: boolean): readonly GatewayRoute[] =>
  origin === undefined ? [] : [{ to, origin, direct }];
