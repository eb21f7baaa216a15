import type { HopRecorder } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import { ADMIN_SERVICE_ROLES, checkAdminServices } from './admin-sessions.ts';
import { balancedGroups } from './balanced-groups.ts';
import { checkConsole } from './console-sessions.ts';
import { checkPortal, PORTALS_OF } from './portal-sessions.ts';

/**
 * Proves that the load balancer keeps a client on one node wherever the documentation asks for it: browsers at the portals
 * and the management console, servers at the admin services. It fails where a session breaks, also when the topology file wanted no stickiness: that is the
 * proof that it is needed. Without several nodes behind a load balancer nothing is proved, so the verdict is `unknown`.
 */
export const stickySessions = async (
  context: Pick<ProbeContext, 'http' | 'status'>,
  recorder: HopRecorder,
): Promise<void> => {
  const groups = balancedGroups(context.status);
  if (groups.length === 0) {
    const nothing = { name: 'sticky sessions', from: 'probe', to: 'load balancer' };
    return recorder.notTried(nothing, 'no component that needs stickiness has several nodes behind a load balancer');
  }
  for (const group of groups) {
    for (const portal of PORTALS_OF[group.role] ?? []) await checkPortal(context, recorder, group, portal);
    await checkConsole(context, recorder, group);
    if (ADMIN_SERVICE_ROLES.includes(group.role)) await checkAdminServices(context, recorder, group);
  }
};
