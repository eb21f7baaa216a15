import { randomBytes } from 'node:crypto';
import type { HopRecorder } from '../hops.ts';
import { deployedGateways } from '../journey/deployed-gateways.ts';
import { type GatewayRoute, gatewayRoutes } from '../journey/gateway-routes.ts';
import type { ProductSession } from '../journey/open-session.ts';
import type { PublishedApi } from '../journey/publish-api.ts';
import { logIn, stageApi } from '../journey/stage-api.ts';
import type { UserAdmin } from '../journey/users.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';

/** What all trials of a run share. */
export type Stage = {
  readonly session: ProductSession;
  readonly admin: UserAdmin;
  /** Each gateway that serves the API, not the balancer before them: caches are per node. */
  readonly gateways: readonly GatewayRoute[];
  /** The load balancer before them, where the lab has one. */
  readonly balancer: GatewayRoute | undefined;
  readonly api: PublishedApi;
  /** Of the API's resource, below a gateway's origin. */
  readonly path: string;
  /** Begins the names of everything the run makes. */
  readonly prefix: string;
  /** Gateways that turned out to cache nothing: they learnt of a change of which no version tells them. */
  readonly uncached: Set<string>;
};

const TARGET = '/known';

/** Every kind of credentials whose findings gateways cache; the last entry says that one of them is mandatory. */
const SCHEMES = ['oauth2', 'basic_auth', 'api_key', 'oauth_basic_auth_api_key_mandatory'];

/** Logs in and publishes an API whose calls gateways cache. Undefined when a hop of that failed. */
export const setStage = async (
  context: ProbeContext,
  recorder: HopRecorder,
  undo: Undo,
): Promise<Stage | undefined> => {
  const session = await logIn(context, recorder);
  if (!session) return undefined;
  const prefix = `apim_lab_cache_${randomBytes(4).toString('hex')}`;
  const operations = [{ target: TARGET, verb: 'GET' }];
  const api = await stageApi(session, context, recorder, undo, {
    name: prefix,
    operations,
    more: { securityScheme: SCHEMES },
  });
  if (!api) return undefined;
  const { status, undisturbed: http } = context;
  const path = api.path + TARGET;
  const routes = gatewayRoutes(status);
  const direct = routes.filter((route) => route.direct);
  const gateways = await deployedGateways(context.http, recorder, direct, path);
  const balancer = routes.find((route) => !route.direct);
  const admin = { http, origin: session.keyManager.origin, credentials: status.credentials };
  return { session, admin, gateways, balancer, api, path, prefix, uncached: new Set() };
};
