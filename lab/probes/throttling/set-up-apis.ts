import { randomBytes } from 'node:crypto';
import type { HopRecorder } from '../hops.ts';
import { type GatewayRoute, gatewayRoutes } from '../journey/gateway-routes.ts';
import type { ProductSession } from '../journey/open-session.ts';
import type { PublishedApi } from '../journey/publish-api.ts';
import { logIn, stageApi, stageApplication } from '../journey/stage-api.ts';
import { applicationToken, subscribe } from '../journey/subscribe.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';

/** The smallest quota that every version ships as an application policy (wire.md 5.4). */
export const QUOTA = { policy: '10PerMin', calls: 10, window: 60_000 } as const;

/** One gateway and an application whose quota is spent there. */
export type Spender = { readonly gateway: GatewayRoute; readonly token: string };

export type Stage = {
  /** Path of the API's resource below a gateway's origin. */
  readonly path: string;
  readonly spenders: readonly Spender[];
};

const TARGET = '/quota';

/**
 * Publishes an API without limits of its own and makes an application of ten calls a minute for each gateway, so that
 * each has to get its own events counted. Undefined when a hop of that failed.
 */
export const setUpApis = async (
  context: ProbeContext,
  recorder: HopRecorder,
  undo: Undo,
): Promise<Stage | undefined> => {
  const session = await logIn(context, recorder);
  if (!session) return undefined;
  const name = `apim_lab_throttling_${randomBytes(4).toString('hex')}`;
  const operations = [{ target: TARGET, verb: 'GET' }];
  const api = await stageApi(session, context, recorder, undo, { name, operations });
  if (!api) return undefined;
  const spenders: Spender[] = [];
  for (const gateway of gatewayRoutes(context.status).filter(({ direct }) => direct)) {
    const token = await recorder.hop({
      name: 'application',
      from: 'probe',
      to: session.portal.node,
      work: async () => {
        const value = await subscriber(session, api, `${name}_${gateway.to}`, undo);
        return { value, detail: `of ${QUOTA.policy}, whose quota is spent at ${gateway.to}` };
      },
    });
    if (token === undefined) return undefined;
    spenders.push({ gateway, token });
  }
  return { path: api.path + TARGET, spenders };
};

/** A token of a new application that is subscribed to the API. */
const subscriber = async (session: ProductSession, api: PublishedApi, name: string, undo: Undo): Promise<string> => {
  const application = await stageApplication(session, undo, { name, policy: QUOTA.policy, tokenType: 'OAUTH' });
  await subscribe(session, { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  return (await applicationToken(session, application)).access_token;
};
