import type { PlannedFront } from '../../plan/plan.ts';

/** A front whose clients are told apart by a cookie. One node needs no choice. */
export const balancesByCookie = ({ sticky, upstream }: PlannedFront): boolean =>
  sticky === 'cookie' && upstream.length > 1;

/** The directive that picks a node, none for round robin. */
export const balancingMethod = (front: PlannedFront): readonly string[] => {
  if (balancesByCookie(front)) return ['hash $affinity consistent;'];
  // Not ip_hash: it looks at three of the four bytes, and all of a lab's nodes share those.
  return front.sticky === 'address' && front.upstream.length > 1 ? ['hash $remote_addr consistent;'] : [];
};

/** Gives a client without the cookie one; a cookie that is already there is not set again. */
export const COOKIE_HEADER = 'add_header Set-Cookie $new_route always;';

/**
 * Keeps a client on the node that made its session. The hash is over a cookie of the load balancer's own, as the Helm
 * charts' ingress does (configuration.md 9.3): a hash over JSESSIONID would send the second request, the first with that
 * cookie, to any node. Servers calling the SOAP services keep only JSESSIONID (wire.md 10) and are told apart by
 * address instead.
 */
export const renderAffinity =
  (): string => `# A client keeps its node by the cookie "route"; servers calling SOAP services by their address.
map $cookie_route $client {
  default $cookie_route;
  ''      $request_id;
}
map $uri $affinity {
  default       $client;
  ~^/services/  $remote_addr;
}
map $cookie_route $new_route {
  default '';
  ''      "route=$request_id; Path=/; HttpOnly";
}`;
