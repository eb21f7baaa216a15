import { callApi, inWords } from '../journey/call-api.ts';
import { until } from '../until.ts';
import type { Stage } from './stage.ts';
import type { Subject } from './subject.ts';

/** Milliseconds until a gateway knows of the subscription: 3.2.0 tells it by an event, while the caller has its token. */
const PATIENCE = { limit: 5_000, interval: 25 };

/**
 * Has every gateway accept a token, each by a call of its own and not through the balancer, so that its caches have it.
 * @throws Mismatch, NoAnswer
 */
export const warmUp = async ({ session, gateways, path }: Stage, { shown }: Subject): Promise<void> => {
  const calls = gateways.map((gateway) => {
    const look = () => callApi(session.http, gateway, path, shown);
    return until(`200 from ${gateway.to}`, PATIENCE, look, ({ status }) => status === 200, inWords);
  });
  await Promise.all(calls);
};
