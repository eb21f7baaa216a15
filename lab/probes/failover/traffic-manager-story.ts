import { learnsRevocation, revocable } from './revocation.ts';
import type { TellStory } from './scene.ts';
import { throttles } from './throttles.ts';

/**
 * A gateway listens to one broker of its list, and its connection has no heartbeat (wire.md 5.7): it goes to the next one when
 * the connection breaks, not when it falls silent.
 */
const SILENT = 'a gateway keeps a silent connection to the broker that it listens to';

/** A Traffic Manager is away: gateways still throttle and hear of revocations by the other one. */
export const trafficManagerStory: TellStory = async (scene) => {
  const { context, stage, absence } = scene;
  const balancer = absence.balancer.https;
  const { origin } = stage.session.keyManager;
  const doomed = await revocable(scene, origin, stage.gateways);
  if (balancer === undefined || doomed === undefined) return undefined;
  const excuse = absence.way === 'kill' ? undefined : SILENT;

  return {
    // Events and decisions never pass the load balancer; its front is for policies.
    ask: () => context.http({ url: `${balancer}/services/Version` }),
    meanwhile: async () => {
      await learnsRevocation(scene, origin, doomed, stage.gateways, excuse);
      for (const gateway of stage.gateways) await throttles(scene, gateway, excuse);
    },
    afterwards: async () => {
      for (const gateway of stage.gateways) await throttles(scene, gateway);
    },
  };
};
