import type { HopRecorder } from '../hops.ts';
import { gatewayRoutes } from '../journey/gateway-routes.ts';
import type { ProbeContext } from '../probes.ts';
import { Undo } from '../undo.ts';
import { shareApi } from './share-api.ts';
import { sharePlan } from './share-plan.ts';
import { trafficManagersOf } from './traffic-managers.ts';

/**
 * Proves that the members of a group work from the same files (configuration.md 10): an API published through one gateway is
 * served by every gateway, and an execution plan deployed to one Traffic Manager runs on every one, each within a
 * hot-deployment interval; and that both go everywhere again. Hops say how long each member needed. Leaves nothing behind.
 */
export const artifactSync = async (context: ProbeContext, recorder: HopRecorder): Promise<void> => {
  const gateways = gatewayRoutes(context.status).filter(({ direct }) => direct);
  const managers = trafficManagersOf(context.status);
  // Gateways of two environments share nothing.
  const areSeveral = context.status.environments.some((environment) => environment.gateways.length > 1);
  if (!areSeveral && managers.length < 2) {
    const because =
      'nothing is shared in this lab: it has neither two gateways in one environment nor two Traffic Managers';
    return recorder.notTried({ name: 'share', from: 'probe', to: 'lab' }, because);
  }
  const undo = new Undo();
  try {
    // At once, for each waits for scans of its own; and to the end of both, for what was made must be removed.
    const parts = await Promise.allSettled([
      ...(areSeveral ? [shareApi(context, recorder, undo, gateways)] : []),
      ...(managers.length > 1 ? [sharePlan(context, recorder, undo, managers)] : []),
    ]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
  } finally {
    await undo.all(recorder);
  }
};
