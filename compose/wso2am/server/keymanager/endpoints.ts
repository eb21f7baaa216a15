import type { CarbonContext } from '../carbon/context.ts';
import type { Endpoint } from '../carbon/web.ts';
import { type Clock, keyManagerContext } from './context.ts';
import { dcrEndpoints } from './dcr.ts';
import { discoveryEndpoints } from './discovery.ts';
import { introspectEndpoint } from './introspect.ts';
import { jwksEndpoint } from './jwks.ts';
import { authorizeEndpoint } from './login/authorize.ts';
import { commonauthEndpoint } from './login/commonauth.ts';
import { createLoginSessions } from './login/login-sessions.ts';
import { oidcLogoutEndpoint } from './login/oidc-logout.ts';
import { pageEndpoints } from './login/pages.ts';
import { revokeEndpoint } from './revoke.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { userinfoEndpoint } from './userinfo.ts';

/**
 * Client registration, OAuth2 and log-in (wire.md 1, 7.4), as Key Manager, Publisher and Developer Portal have them.
 * @throws Error where the node has no `apim_db`; ConfigurationError
 */
export const keyManagerEndpoints = (carbon: CarbonContext, clock: Clock = Date.now): readonly Endpoint[] => {
  const context = keyManagerContext(carbon, clock);
  const sessions = createLoginSessions(clock);
  return [
    ...dcrEndpoints(context),
    tokenEndpoint(context),
    revokeEndpoint(context),
    introspectEndpoint(context),
    jwksEndpoint(context),
    userinfoEndpoint(context),
    ...discoveryEndpoints(context),
    authorizeEndpoint(context, sessions),
    commonauthEndpoint(context, sessions),
    oidcLogoutEndpoint(context),
    ...pageEndpoints,
  ];
};
