import type { CarbonContext } from '../../carbon/context.ts';
import { type Call, type Endpoint, json } from '../../carbon/web.ts';
import { RestError, restErrorAnswer, UNAUTHENTICATED } from '../../rest-api/rest-error.ts';
import type { GatewaySynchronizer } from '../../runtime-artifacts/synchronize-gateway.ts';
import type { SubscriptionData } from '../../subscription-data/subscription-data.ts';
import type { ArtifactStore } from '../../synapse/artifact-store.ts';
import { deployedArtifacts, deployedEndpoints, deployedLocalEntries, deployedSequences } from './deployed-artifacts.ts';
import { redeployApi, undeployApi } from './deployments.ts';
import { apisInMemory, applicationsInMemory, subscriptionsInMemory } from './memory-views.ts';

/** What the gateway has to show; and what fetches its APIs, where something does. */
export type GatewayContents = {
  readonly artifacts: ArtifactStore;
  readonly data: SubscriptionData;
  readonly synchronizer: GatewaySynchronizer | undefined;
};

type View = (contents: GatewayContents, query: URLSearchParams) => Promise<object> | object;

/** Below every context path of the REST API (wire.md 6.3). */
const BASE = '/api/am/gateway/v1';

/** Views by path; the last three came with updates of 3.2.0 (wire.md 6.3). */
const VIEWS: Readonly<Record<string, View>> = {
  '/api-artifact': deployedArtifacts,
  '/local-entry': deployedLocalEntries,
  '/sequence': deployedSequences,
  '/end-points': deployedEndpoints,
  '/apis': apisInMemory,
  '/applications': applicationsInMemory,
  '/subscriptions': subscriptionsInMemory,
};

/** What acts on this gateway alone. */
const ACTIONS: Readonly<Record<string, View>> = { '/redeploy-api': redeployApi, '/undeploy-api': undeployApi };

/** The gateway's REST API of 3.2.0, for users of the product by Basic: what is deployed on this gateway, and in its memory. */
export const gatewayRest = (
  { authenticator }: Pick<CarbonContext, 'authenticator'>,
  contents: GatewayContents,
): readonly Endpoint[] =>
  [...methodsOf('GET', VIEWS), ...methodsOf('POST', ACTIONS)].map(({ method, path, view }) => ({
    method,
    path: BASE + path,
    handle: async (call: Call) => {
      try {
        if (!(await authenticator.basic(call))) throw new RestError('unauthenticated', UNAUTHENTICATED);
        return json(200, await view(contents, call.query));
      } catch (cause) {
        if (cause instanceof RestError) return restErrorAnswer(cause);
        throw cause;
      }
    },
  }));

const methodsOf = (method: string, views: Readonly<Record<string, View>>) =>
  Object.entries(views).map(([path, view]) => ({ method, path, view }));
