import { setTimeout as delay } from 'node:timers/promises';
import type { HttpClient } from '../http-client.ts';
import { type ApiAnswer, callApi, type Shown } from '../journey/call-api.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';

/** Milliseconds between an answer and the next call: hundreds of looks a second, and no flood. */
const PAUSE = 3;

export type Watch = {
  readonly path: string;
  readonly shown: Shown;
  /** Whether an answer shows that the gateway has learnt of the change. */
  readonly hasLearnt: (answer: ApiAnswer) => boolean;
  /** When the change was acknowledged, epoch milliseconds. */
  readonly since: number;
  /** When to give up, epoch milliseconds; may move while the watch lasts. */
  readonly deadline: () => number;
};

export type Watched = {
  /** Milliseconds from the acknowledgement to the first answer that shows it; undefined if none did. */
  readonly learntAfter: number | undefined;
  /** Calls after the acknowledgement that were answered as if nothing had changed. */
  readonly stale: number;
  readonly last: ApiAnswer;
};

/** Calls one gateway again and again until it has learnt of a change. @throws NoAnswer */
export const watchGateway = async (http: HttpClient, gateway: GatewayRoute, watch: Watch): Promise<Watched> => {
  for (let stale = 0; ; stale += 1) {
    const last = await callApi(http, gateway, watch.path, watch.shown);
    if (watch.hasLearnt(last)) return { learntAfter: Math.max(0, last.at - watch.since), stale, last };
    if (last.at >= watch.deadline()) return { learntAfter: undefined, stale: stale + 1, last };
    await delay(PAUSE);
  }
};
