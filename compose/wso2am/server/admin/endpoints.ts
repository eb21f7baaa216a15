import type { CarbonContext } from '../carbon/context.ts';
import type { Endpoint } from '../carbon/web.ts';
import { replaceProperties } from '../config/replace-properties.ts';
import { upstreamAgent } from '../gateway/upstream-agent.ts';
import { restContext } from '../rest-api/rest-context.ts';
import { restEndpoints } from '../rest-api/rest-endpoints.ts';
import { applicationRoutes } from './applications/application-routes.ts';
import { blacklistRoutes } from './blacklist/blacklist-routes.ts';
import type { BlockingPublisher } from './blacklist/blocking-event.ts';
import { categoryRoutes } from './categories/category-routes.ts';
import type { AdminContext } from './context.ts';
import { keyManagerRoutes } from './key-managers/key-manager-routes.ts';
import { labelRoutes } from './labels/label-routes.ts';
import { advancedPolicyRoutes } from './policies/advanced/advanced-policy-routes.ts';
import { customPolicyRoutes } from './policies/custom/custom-policy-routes.ts';
import type { KeyTemplatePublisher } from './policies/custom/key-template-event.ts';
import { soapPlanDeployer } from './policies/plan-deployer.ts';
import { quotaPolicyRoutes } from './policies/quota-policy-routes.ts';
import { settingsRoute } from './settings-route.ts';
import { tenantInfoRoute } from './tenants/tenant-info-route.ts';
import { workflowRoutes } from './workflows/workflow-routes.ts';

const CLASS = 'org.wso2.carbon.apimgt.impl.throttling.GlobalThrottleEngineClient';

/** The older base path of 3.2.0 is that of 3.1.0 and has none. */
const WITHOUT_KEY_MANAGERS = '/api/am/admin/v0.17/key-managers';

export type AdminPorts = {
  /** PEM; whom this node trusts when it calls the Traffic Manager. */
  readonly trusted: readonly string[];
  readonly publishBlocking: BlockingPublisher;
  readonly publishKeyTemplate: KeyTemplatePublisher;
};

/**
 * The Admin REST API: throttling policies of all levels, blocking conditions, applications, categories, labels, Key Managers
 * (wire.md 7).
 * @throws Error where the node lacks a database; ConfigurationError
 */
export const adminEndpoints = (
  carbon: CarbonContext,
  { trusted, publishBlocking, publishKeyTemplate }: AdminPorts,
): readonly Endpoint[] => {
  const { configuration, properties } = carbon;
  const address = {
    serviceUrl: replaceProperties(configuration.text('apim.throttling.service_url'), properties),
    username: configuration.text('apim.throttling.policy_deploy.username'),
    password: configuration.text('apim.throttling.policy_deploy.password'),
  };
  const agent = upstreamAgent(trusted);
  const plans = soapPlanDeployer(address, agent, carbon.log(CLASS));
  const context: AdminContext = { ...restContext(carbon), agent, plans, publishBlocking, publishKeyTemplate };
  const routes = [
    ...quotaPolicyRoutes(context, 'application'),
    ...quotaPolicyRoutes(context, 'subscription'),
    ...advancedPolicyRoutes(context),
    ...customPolicyRoutes(context),
    ...blacklistRoutes(context),
    ...applicationRoutes(context),
    ...categoryRoutes(context),
    ...labelRoutes(context),
    ...workflowRoutes(context),
    ...keyManagerRoutes(context),
    tenantInfoRoute(context),
  ];
  const scopes = [...new Set(routes.flatMap((route) => route.scopes))].sort();
  const settings = context.version === '3.2.0' ? [settingsRoute(scopes)] : [];
  return restEndpoints(context, 'admin', [...settings, ...routes]).filter(
    ({ path }) => !path.startsWith(WITHOUT_KEY_MANAGERS),
  );
};
