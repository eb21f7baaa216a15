import type { CarbonContext } from '../carbon/context.ts';
import type { Endpoint } from '../carbon/web.ts';
import { gatewayEnvironments } from '../config/gateway-environments.ts';
import { portalEndpoints } from '../portals/endpoints.ts';
import { DEVELOPER_PORTAL } from '../portals/portal.ts';
import { portalContext } from '../portals/portal-context.ts';
import { restContext } from '../rest-api/rest-context.ts';
import { restEndpoints } from '../rest-api/rest-endpoints.ts';
import { tenantList } from '../rest-api/tenants.ts';
import type { DevportalContext } from './context.ts';
import { apiCategoryRoutes } from './routes/api-categories.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { apiRoutes } from './routes/apis.ts';
import { applicationRoutes } from './routes/applications.ts';
import { changeSubscriptionRoutes } from './routes/change-subscription.ts';
import { documentRoutes } from './routes/documents.ts';
import { keyActionRoutes } from './routes/key-actions.ts';
import { keyManagerRoutes } from './routes/key-managers.ts';
import { keyRoutes } from './routes/keys.ts';
import { open } from './routes/open.ts';
import { searchRoute } from './routes/search.ts';
import { settingsRoute } from './routes/settings.ts';
import { subscriptionRoutes } from './routes/subscriptions.ts';
import { tagsRoute } from './routes/tags.ts';
import { throttlingPolicyRoutes } from './routes/throttling-policies.ts';

/**
 * The Developer Portal: its REST API and the log-in of its web application (wire.md 7). The policies that applications name
 * come from the database: see `seedPolicies`.
 * @throws Error where the node lacks a database; ConfigurationError
 */
export const devportalEndpoints = (carbon: CarbonContext): readonly Endpoint[] => {
  const { environments } = gatewayEnvironments(carbon.configuration, carbon.properties);
  const context: DevportalContext = { ...restContext(carbon), environments };
  const routes = [
    ...applicationRoutes(context),
    ...keyRoutes(context),
    ...keyActionRoutes(context),
    ...apiKeyRoutes(context),
    ...subscriptionRoutes(context),
    ...changeSubscriptionRoutes(context),
    ...apiRoutes(context),
    ...documentRoutes(context),
    tagsRoute(context),
    open('/tenants', tenantList),
    ...throttlingPolicyRoutes(context),
    searchRoute(context),
    ...apiCategoryRoutes(context),
    ...keyManagerRoutes(context),
  ];
  const scopes = [...new Set(routes.flatMap((route) => route.scopes))].sort();
  const settings = settingsRoute(context, scopes);
  return [
    ...restEndpoints(context, 'store', [settings, ...routes]),
    ...portalEndpoints(portalContext(carbon, context.keyManager, DEVELOPER_PORTAL, [...scopes, ...settings.scopes])),
  ];
};
