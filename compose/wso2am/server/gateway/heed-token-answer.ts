import type { IncomingHttpHeaders } from 'node:http';
import type { GatewayCaches } from '../mediation/caches/gateway-caches.ts';
import { forgetToken, revokeCachedToken } from '../mediation/caches/invalidate.ts';

/**
 * What the Key Manager says in the headers of a token answer of tokens that it took out of use (wire.md 4.6). Of a JWT it names
 * the jti, which no cache knows.
 */
export const heedTokenAnswer = (caches: GatewayCaches, headers: IncomingHttpHeaders): void => {
  const { revokedaccesstoken: revoked, deactivatedaccesstoken: deactivated } = headers;
  if (typeof revoked === 'string') revokeCachedToken(caches, revoked);
  if (typeof deactivated === 'string') forgetToken(caches, deactivated);
};
