import type { CarbonContext } from '../carbon/context.ts';
import type { Endpoint } from '../carbon/web.ts';
import { gatewayEnvironments } from '../config/gateway-environments.ts';
import { upstreamAgent } from '../gateway/upstream-agent.ts';
import { portalEndpoints } from '../portals/endpoints.ts';
import { PUBLISHER_PORTAL } from '../portals/portal.ts';
import { portalContext } from '../portals/portal-context.ts';
import { restContext } from '../rest-api/rest-context.ts';
import { restEndpoints } from '../rest-api/rest-endpoints.ts';
import type { PublisherContext } from './context.ts';
import { openGatewayDeployer } from './gateway-deployer/open-gateway-deployer.ts';
import { apiCategoryRoutes } from './routes/api-categories.ts';
import { apiRoutes } from './routes/apis.ts';
import { copyApiRoute } from './routes/copy-api.ts';
import { createApiRoute } from './routes/create-api.ts';
import { definitionRoutes } from './routes/definition.ts';
import { documentContentRoutes } from './routes/document-content.ts';
import { documentRoutes } from './routes/documents.ts';
import { externalStoreRoutes } from './routes/external-stores.ts';
import { gatewayEnvironmentsRoute } from './routes/gateway-environments.ts';
import { importDefinitionRoutes } from './routes/import-definition.ts';
import { labelsRoute } from './routes/labels.ts';
import { lifecycleRoutes } from './routes/lifecycle.ts';
import { resourcePathsRoute } from './routes/resource-paths.ts';
import { roleRoutes } from './routes/roles.ts';
import { scopeRoutes } from './routes/scopes.ts';
import { searchRoute } from './routes/search.ts';
import { settingsRoute } from './routes/settings.ts';
import { subscriptionRoutes } from './routes/subscriptions.ts';
import { tenantRoutes } from './routes/tenants.ts';
import { throttlingPolicyRoutes } from './routes/throttling-policies.ts';
import { thumbnailRoutes } from './routes/thumbnail.ts';
import { validateRoute } from './routes/validate.ts';

const CLASS = 'org.wso2.carbon.apimgt.impl.APIGatewayManager';

/**
 * The Publisher: its REST API and the log-in of its web application (wire.md 7). The policies that APIs name come from the
 * database: see `seedPolicies`.
 * @param trusted PEM; whom this node trusts when it calls the gateways
 * @throws Error where the node lacks a database; ConfigurationError
 */
export const publisherEndpoints = (carbon: CarbonContext, trusted: readonly string[]): readonly Endpoint[] => {
  const rest = restContext(carbon);
  const log = carbon.log(CLASS);
  const { environments, warnings } = gatewayEnvironments(carbon.configuration, carbon.properties);
  for (const warning of warnings) log.error(warning);
  const agent = upstreamAgent(trusted);
  const deployer = openGatewayDeployer(carbon, { environments, agent, log, apim: rest.apim });
  const context: PublisherContext = { ...rest, environments, agent, deployer };
  const routes = [
    createApiRoute(context),
    ...apiRoutes(context),
    ...lifecycleRoutes(context),
    copyApiRoute(context),
    ...definitionRoutes(context),
    ...documentRoutes(context),
    ...documentContentRoutes(context),
    ...thumbnailRoutes(context),
    validateRoute(context),
    ...importDefinitionRoutes(context),
    ...scopeRoutes(context),
    searchRoute(context),
    ...throttlingPolicyRoutes(context),
    ...subscriptionRoutes(context),
    ...roleRoutes(context),
    ...apiCategoryRoutes(context),
    gatewayEnvironmentsRoute(context),
    labelsRoute(context),
    resourcePathsRoute(context),
    ...externalStoreRoutes(context),
    ...tenantRoutes,
  ];
  const scopes = [...new Set(routes.flatMap((route) => route.scopes))].sort();
  const settings = settingsRoute(context, scopes);
  return [
    ...restEndpoints(context, 'publisher', [settings, ...routes]),
    ...portalEndpoints(portalContext(carbon, context.keyManager, PUBLISHER_PORTAL, [...scopes, ...settings.scopes])),
  ];
};
