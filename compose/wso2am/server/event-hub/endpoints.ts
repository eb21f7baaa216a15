import type { CarbonContext } from '../carbon/context.ts';
import { type Endpoint, json } from '../carbon/web.ts';
import type { Database } from '../database/database.ts';
import { artifactRoutes } from '../runtime-artifacts/artifact-routes.ts';
import { type DataContext, type DataRoute, dataEndpoints } from '../throttle-data/data-endpoints.ts';
import { throttleDataRoutes } from '../throttle-data/throttle-data-routes.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import { idParameter, isOfSuperTenant, listRoute, textParameter } from './list-route.ts';
import { listApiPolicies } from './lists/api-policies.ts';
import { listApis } from './lists/apis.ts';
import { listApplications } from './lists/applications.ts';
import { keyManagerBodies } from './lists/key-managers.ts';
import { listKeyMappings } from './lists/key-mappings.ts';
import { listApplicationPolicies, listSubscriptionPolicies } from './lists/quota-policies.ts';
import { listSubscriptions } from './lists/subscriptions.ts';
import { notifyRoute } from './notify/notify-route.ts';
import { passOnRevocation } from './notify/pass-on-revocation.ts';
import { persistentNotifier } from './notify/persistent-notifier.ts';
import { throttleStateRoutes } from './throttle-state.ts';

const NOTIFICATIONS = 'org.wso2.carbon.apimgt.notification.NotificationEventService';

/**
 * The web application `internal#data#v1` of 3.2.0 (wire.md 2.3): what gateways load, and where Key Managers tell of revoked
 * tokens. None on a Traffic Manager without `apim_db`, which has nothing to list.
 * @param trusted PEM; whom this node trusts when it calls others
 */
export const eventHubEndpoints = (
  context: DataContext & Pick<CarbonContext, 'configuration'>,
  publisher: Pick<EventPublisher, 'publish'>,
  trusted: readonly string[] = [],
): readonly Endpoint[] => {
  const { version, configuration, log } = context;
  const { apim } = context.databases;
  if (apim === undefined) return [];
  const notifications = log(NOTIFICATIONS);
  const persist = persistentNotifier(context, trusted);
  const onRevocation = passOnRevocation({ apim, publisher, configuration, persist, log: notifications });
  return dataEndpoints(context, '/internal/data/v1', [
    ...subscriptionRoutes(apim),
    ...policyRoutes(apim),
    ...throttleDataRoutes(apim, version),
    ...artifactRoutes(apim),
    ...throttleStateRoutes,
    {
      method: 'GET',
      path: '/keymanagers',
      handle: async (call) => json(200, isOfSuperTenant(call) ? await keyManagerBodies(apim) : []),
    },
    notifyRoute({ onRevocation, log: notifications }),
  ]);
};

const subscriptionRoutes = (apim: Database): readonly DataRoute[] => [
  listRoute('/apis', (query) =>
    listApis(apim, {
      id: idParameter(query, 'apiId'),
      context: textParameter(query, 'context'),
      version: textParameter(query, 'version'),
    }),
  ),
  listRoute('/applications', (query) => listApplications(apim, idParameter(query, 'appId'))),
  listRoute('/subscriptions', (query) =>
    listSubscriptions(apim, { apiId: idParameter(query, 'apiId'), appId: idParameter(query, 'appId') }),
  ),
  listRoute('/application-key-mappings', (query) =>
    listKeyMappings(apim, {
      consumerKey: textParameter(query, 'consumerKey'),
      keyManager: textParameter(query, 'keymanager'),
    }),
  ),
];

const policyRoutes = (apim: Database): readonly DataRoute[] => [
  listRoute('/application-policies', (query) => listApplicationPolicies(apim, textParameter(query, 'policyName'))),
  listRoute('/subscription-policies', (query) => listSubscriptionPolicies(apim, textParameter(query, 'policyName'))),
  listRoute('/api-policies', (query) => listApiPolicies(apim, textParameter(query, 'policyName'))),
];
