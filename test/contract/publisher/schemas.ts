import { z } from 'zod';
import type { Version } from '../../../lab/product/versions.ts';

const uuid = z.uuid();
const moment = z.iso.datetime();
const texts = z.array(z.string());

export const errorBody = z.strictObject({
  code: z.int(),
  message: z.string(),
  description: z.string(),
  moreInfo: z.literal(''),
  error: z.array(z.strictObject({ code: z.string(), message: z.string(), description: z.string() })),
});

/** `APIInfo` of the product's definition: what lists hold. */
export const apiInfo = z.strictObject({
  id: uuid,
  name: z.string(),
  description: z.string().nullable(),
  context: z.string(),
  version: z.string(),
  provider: z.string(),
  type: z.enum(['HTTP', 'WS', 'SOAPTOREST', 'SOAP', 'GRAPHQL']),
  lifeCycleStatus: z.enum(['CREATED', 'PROTOTYPED', 'PUBLISHED', 'BLOCKED', 'DEPRECATED', 'RETIRED']),
  workflowStatus: z.string().nullable(),
  hasThumbnail: z.boolean(),
});

const operation = z.strictObject({
  id: z.string(),
  target: z.string().startsWith('/'),
  verb: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']),
  authType: z.enum(['Application & Application User', 'Application', 'Application User', 'None']),
  throttlingPolicy: z.string(),
  scopes: texts,
  usedProductIds: texts,
});

const plainScope = z.strictObject({
  name: z.string(),
  description: z.string(),
  bindings: z.strictObject({ type: z.string(), values: texts }),
});

const wrappedScope = z.strictObject({
  scope: z.strictObject({
    id: z.string().nullable(),
    name: z.string(),
    displayName: z.string(),
    description: z.string(),
    bindings: texts,
    usageCount: z.int().nullable(),
  }),
  shared: z.boolean(),
});

/** `API` of the product's definition, field by field. */
export const apiSchema = (version: Version) =>
  z.strictObject({
    ...apiInfo.shape,
    wsdlInfo: z.null(),
    wsdlUrl: z.null(),
    testKey: z.null(),
    responseCachingEnabled: z.boolean(),
    cacheTimeout: z.int(),
    isDefaultVersion: z.boolean(),
    enableSchemaValidation: z.boolean(),
    transport: z.array(z.enum(['http', 'https', 'ws', 'wss'])),
    tags: texts,
    policies: texts,
    apiThrottlingPolicy: z.string().nullable(),
    authorizationHeader: z.string(),
    securityScheme: texts,
    maxTps: z.strictObject({ production: z.int().optional(), sandbox: z.int().optional() }).nullable(),
    visibility: z.enum(['PUBLIC', 'PRIVATE', 'RESTRICTED']),
    visibleRoles: texts,
    visibleTenants: texts,
    endpointSecurity: z.null(),
    gatewayEnvironments: texts,
    labels: texts,
    mediationPolicies: z.array(z.never()),
    subscriptionAvailability: z.enum(['CURRENT_TENANT', 'ALL_TENANTS', 'SPECIFIC_TENANTS']),
    subscriptionAvailableTenants: texts,
    additionalProperties: z.record(z.string(), z.string()),
    monetization: z.null(),
    accessControl: z.enum(['NONE', 'RESTRICTED']),
    accessControlRoles: texts,
    businessInformation: z.record(z.string(), z.string().nullable()),
    corsConfiguration: z.strictObject({
      corsConfigurationEnabled: z.boolean(),
      accessControlAllowOrigins: texts,
      accessControlAllowCredentials: z.boolean(),
      accessControlAllowHeaders: texts,
      accessControlAllowMethods: texts,
    }),
    createdTime: moment,
    lastUpdatedTime: moment,
    endpointConfig: z.record(z.string(), z.json()).nullable(),
    endpointImplementationType: z.enum(['INLINE', 'ENDPOINT']),
    scopes: z.array(version === '3.2.0' ? wrappedScope : plainScope),
    operations: z.array(operation).min(1),
    threatProtectionPolicies: z.null(),
    ...(version === '3.0.0' ? { destinationStatsEnabled: z.null() } : { categories: texts }),
    ...(version === '3.2.0' ? { keyManagers: texts } : {}),
  });

export const listOf = <T extends z.ZodType>(entry: T) =>
  z.strictObject({
    count: z.int(),
    list: z.array(entry),
    pagination: z.strictObject({
      offset: z.int(),
      limit: z.int(),
      total: z.int(),
      next: z.string(),
      previous: z.string(),
    }),
  });

export const lifecycleState = z.strictObject({
  state: z.enum(['Created', 'Prototyped', 'Published', 'Blocked', 'Deprecated', 'Retired']),
  checkItems: z.array(z.strictObject({ name: z.string(), value: z.boolean(), requiredStates: texts })),
  availableTransitions: z.array(z.strictObject({ event: z.string(), targetState: z.string() })),
});

export const workflowResponse = z.strictObject({
  workflowStatus: z.literal('APPROVED'),
  jsonPayload: z.null(),
  lifecycleState,
});

export const throttlingPolicy = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  policyLevel: z.enum(['api', 'subscription']),
  attributes: z.record(z.string(), z.string()),
  requestCount: z.int().positive(),
  unitTime: z.int().positive(),
  timeUnit: z.string(),
  tierPlan: z.enum(['FREE', 'COMMERCIAL']),
  stopOnQuotaReach: z.boolean(),
  monetizationProperties: z.record(z.string(), z.string()),
});

export const subscription = z.strictObject({
  subscriptionId: uuid,
  applicationInfo: z.strictObject({
    applicationId: uuid,
    name: z.string(),
    subscriber: z.string(),
    description: z.string(),
    subscriptionCount: z.int().nullable(),
  }),
  throttlingPolicy: z.string(),
  subscriptionStatus: z.enum(['UNBLOCKED', 'BLOCKED', 'PROD_ONLY_BLOCKED']),
});
