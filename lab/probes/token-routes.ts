import type { LabStatus } from '../engine/lab-status.ts';

/** A way to the token endpoints of the Key Manager (wire.md 1.2). */
export type Route = {
  /** `km-1`, `load balancer`, `gw-1`. */
  readonly to: string;
  /** Of the servlet port; of the passthrough port on a gateway. */
  readonly origin: string;
  readonly token: string;
  readonly revoke: string;
  /** Gateways do not proxy introspection. */
  readonly introspect?: string;
  /** Whether users can log in over it: one node, for it keeps the log-in in its memory until it is over (wire.md 10). */
  readonly logIn: boolean;
};

/** Every way a client has to the token endpoints: each Key Manager, each gateway, and the load balancer to both. */
export const tokenRoutes = ({ nodes, endpoints, environments }: LabStatus): readonly Route[] => {
  const direct = nodes.flatMap(({ name, role, urls }) => [
    ...(role === 'key-manager' || role === 'all-in-one' ? keyManager(name, urls.https, true) : []),
    ...(role === 'gateway' || role === 'all-in-one' ? gateway(`${name} as gateway`, urls.passthroughHttps) : []),
  ]);
  const balanced = Object.entries(endpoints).flatMap(([role, urls]) => [
    ...(role === 'key-manager' || role === 'all-in-one' ? keyManager('load balancer', urls.https, false) : []),
    ...(role === 'gateway' || role === 'all-in-one' ? gateway('load balancer to gateways', urls.passthroughHttps) : []),
  ]);
  const further = environments
    .slice(1)
    .flatMap(({ name, urls }) => gateway(`load balancer to gateways of ${name}`, urls.passthroughHttps));
  return [...direct, ...balanced, ...further];
};

const keyManager = (to: string, origin: string | undefined, logIn: boolean): readonly Route[] => {
  if (origin === undefined) return [];
  const oauth2 = `${origin}/oauth2`;
  return [
    { to, origin, token: `${oauth2}/token`, revoke: `${oauth2}/revoke`, introspect: `${oauth2}/introspect`, logIn },
  ];
};

const gateway = (to: string, origin: string | undefined): readonly Route[] =>
  origin === undefined ? [] : [{ to, origin, token: `${origin}/token`, revoke: `${origin}/revoke`, logIn: false }];
