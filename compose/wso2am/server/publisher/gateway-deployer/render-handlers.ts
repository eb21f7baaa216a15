import { escapeXml } from '../../carbon/soap/envelope.ts';
import type { Api } from '../model/api.ts';

type Properties = Readonly<Record<string, string>>;

type Rendered = readonly [string, Properties];

/** Last where an API asks for it (wire.md 3.1). */
const SCHEMA_VALIDATOR: Rendered = ['org.wso2.carbon.apimgt.gateway.handlers.security.SchemaValidator', {}];

/**
 * Handlers of an API in the order a request meets them (carbon-apimgt 6.5.349, velocity template of an API). A prototype asks
 * nobody for credentials, and so counts nobody's calls (wire.md 3.1).
 */
export const renderHandlers = (api: Api): string => {
  const ofCallers: readonly Rendered[] = [
    ['org.wso2.carbon.apimgt.gateway.handlers.security.APIAuthenticationHandler', securityProperties(api)],
    ['org.wso2.carbon.apimgt.gateway.handlers.throttling.ThrottleHandler', throttlingProperties(api)],
  ];
  const handlers: readonly Rendered[] = [
    ['org.wso2.carbon.apimgt.gateway.handlers.common.APIMgtLatencyStatsHandler', {}],
    ['org.wso2.carbon.apimgt.gateway.handlers.security.CORSRequestHandler', corsProperties(api)],
    ...(api.status === 'PROTOTYPED' ? [] : ofCallers),
    ['org.wso2.carbon.apimgt.usage.publisher.APIMgtUsageHandler', {}],
    ['org.wso2.carbon.apimgt.gateway.handlers.ext.APIManagerExtensionHandler', {}],
    ...(api.enableSchemaValidation ? [SCHEMA_VALIDATOR] : []),
  ];
  return `<handlers>${handlers.map(([name, properties]) => renderHandler(name, properties)).join('')}</handlers>`;
};

const renderHandler = (name: string, properties: Properties): string => {
  const entries = Object.entries(properties);
  if (entries.length === 0) return `<handler class="${name}"/>`;
  const lines = entries.map(([key, value]) => `<property name="${key}" value="${escapeXml(value)}"/>`);
  return `<handler class="${name}">${lines.join('')}</handler>`;
};

const corsProperties = ({ corsConfiguration: cors, endpointImplementationType }: Api): Properties => ({
  apiImplementationType: endpointImplementationType,
  // An API without CORS of its own has the gateway's (wire.md 3.6).
  ...(cors.corsConfigurationEnabled
    ? {
        allowHeaders: cors.accessControlAllowHeaders.join(','),
        allowedOrigins: cors.accessControlAllowOrigins.join(','),
        allowedMethods: cors.accessControlAllowMethods.join(','),
        allowCredentials: String(cors.accessControlAllowCredentials),
      }
    : {}),
});

const securityProperties = (api: Api): Properties => ({
  RemoveOAuthHeadersFromOutMessage: 'true',
  AuthorizationHeader: api.authorizationHeader,
  APISecurity: api.securityScheme.join(','),
  ...levelPolicy('APILevelPolicy', api),
  apiUUID: api.id,
});

const throttlingProperties = (api: Api): Properties => ({
  ...levelPolicy('apiLevelPolicy', api),
  ...(api.maxTps?.production == null ? {} : { productionMaxCount: String(api.maxTps.production) }),
  ...(api.maxTps?.sandbox == null ? {} : { sandboxMaxCount: String(api.maxTps.sandbox) }),
});

/** Present where the policy is set for the whole API instead of by resource. */
const levelPolicy = (property: string, { apiThrottlingPolicy: policy }: Api): Properties =>
  policy ? { [property]: policy } : {};
