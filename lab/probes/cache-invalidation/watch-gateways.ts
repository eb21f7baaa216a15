import type { Reach } from '../../product/invalidation.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import type { Stage } from './stage.ts';
import { type Watch, type Watched, watchGateway } from './watch-gateway.ts';

/** Milliseconds for a change that must reach a gateway. */
const PATIENCE = 5_000;

/** Milliseconds for which gateways are watched that, as documented, are not told: the way to one takes some ten. */
const HOLE_WATCH = 1_000;

/** Milliseconds for which the others are watched still, once the one that is told has learnt. */
const OTHERS_WATCH = 500;

/**
 * Watches all gateways at the same time, for as long as the change may take to reach whom it reaches. Each
 * rejects with NoAnswer on its own.
 */
export const watchGateways = (
  { session: { http }, gateways, path }: Stage,
  watch: Pick<Watch, 'shown' | 'hasLearnt'>,
  reach: Reach,
): readonly { readonly to: string; readonly watched: Promise<Watched> }[] => {
  const since = Date.now();
  let deadline = since + (reach === 'no gateway' ? HOLE_WATCH : PATIENCE);
  const watchOne = async (gateway: GatewayRoute): Promise<Watched> => {
    const watched = await watchGateway(http, gateway, { ...watch, path, since, deadline: () => deadline });
    // The one that is told has learnt: the others have had the same time, and a little more.
    if (reach === 'one gateway' && watched.learntAfter !== undefined) deadline = Date.now() + OTHERS_WATCH;
    return watched;
  };
  return gateways.map((gateway) => ({ to: gateway.to, watched: watchOne(gateway) }));
};
