import type { Endpoint } from '../carbon/web.ts';
import { afterLogInEndpoint } from './after-log-in.ts';
import { logInEndpoint } from './log-in.ts';
import { logOutEndpoints } from './log-out.ts';
import { portalPages } from './pages.ts';
import type { PortalContext } from './portal-context.ts';
import { sessionServices } from './session-services.ts';

/** A portal's web application: its log-in, and what keeps a session (wire.md 7.4). */
export const portalEndpoints = (context: PortalContext): readonly Endpoint[] => [
  ...portalPages(context.portal),
  logInEndpoint(context),
  afterLogInEndpoint(context),
  ...sessionServices(context),
  ...logOutEndpoints(context),
];
