import { z } from 'zod';
import type { RestApi } from '../../../lab/product/rest-apis.ts';
import type { Version } from '../../../lab/product/versions.ts';
import {
  applicationInfo,
  applicationKey,
  applicationSchema,
  apiInfo as portalApiInfo,
  subscriptionSchema as portalSubscription,
} from '../devportal/schemas.ts';
import {
  apiInfo,
  apiSchema,
  lifecycleState,
  listOf,
  subscription,
  throttlingPolicy,
  workflowResponse,
} from '../publisher/schemas.ts';

const texts = z.array(z.string());
const nothing = z.undefined();
const nullableText = z.string().nullable();

/** `{count, list}`: lists that come whole. */
export const counted = <T extends z.ZodType>(entry: T) => z.strictObject({ count: z.int(), list: z.array(entry) });

/** `Document` as the Portal shows it. */
export const shownDocument = z.strictObject({
  documentId: z.uuid(),
  name: z.string(),
  type: z.enum(['HOWTO', 'SAMPLES', 'PUBLIC_FORUM', 'SUPPORT_FORUM', 'API_MESSAGE_FORMAT', 'SWAGGER_DOC', 'OTHER']),
  summary: nullableText,
  sourceType: z.enum(['INLINE', 'MARKDOWN', 'URL', 'FILE']),
  sourceUrl: nullableText,
  otherTypeName: nullableText,
});

/** `Document` of the Publisher. */
export const document = z.strictObject({
  ...shownDocument.shape,
  fileName: nullableText,
  inlineContent: nullableText,
  visibility: z.enum(['OWNER_ONLY', 'PRIVATE', 'API_LEVEL']),
  createdTime: z.iso.datetime(),
  createdBy: z.string(),
  lastUpdatedTime: z.iso.datetime(),
  lastUpdatedBy: z.string(),
});

const apiResult = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.literal('API'),
  transportType: z.string(),
  description: nullableText,
  context: z.string().startsWith('/'),
  version: z.string(),
  provider: z.string(),
  status: z.string(),
  thumbnailUri: nullableText,
});
const documentResult = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.literal('DOC'),
  transportType: z.null(),
  docType: z.string(),
  summary: nullableText,
  sourceType: z.string(),
  sourceUrl: nullableText,
  otherTypeName: nullableText,
  visibility: z.string(),
  apiName: z.string(),
  apiVersion: z.string(),
  apiProvider: z.string(),
  apiUUID: z.uuid(),
});
const portalResult = apiResult.extend({ businessInformation: z.looseObject({}), avgRating: z.string() });

/** `APISearchResult` and `DocumentSearchResult` of either definition. */
export const publisherResults = listOf(z.discriminatedUnion('type', [apiResult, documentResult]));
export const portalResults = listOf(z.discriminatedUnion('type', [portalResult, documentResult]));

/** `Environment` of the Publisher's definition. */
export const environment = z.strictObject({
  name: z.string(),
  type: z.string(),
  serverUrl: z.string(),
  showInApiConsole: z.boolean(),
  endpoints: z.strictObject({ http: nullableText, https: nullableText, ws: nullableText, wss: nullableText }),
});

/** `OpenAPIDefinitionValidationResponse` of the Publisher's definition. */
export const validation = z.strictObject({
  isValid: z.boolean(),
  content: nullableText,
  info: z
    .strictObject({
      name: z.string(),
      version: z.string(),
      context: nullableText,
      description: nullableText,
      openAPIVersion: z.string(),
      endpoints: texts,
    })
    .nullable(),
  errors: z.array(z.strictObject({ code: z.string(), message: z.string(), description: z.string() })),
});

/** `Scope` of the Publisher's definition of 3.0.0. */
const scope = z.strictObject({
  name: z.string(),
  description: z.string(),
  bindings: z.strictObject({ type: z.literal('role'), values: texts }),
});

const publisherSettings = (version: Version) =>
  z.strictObject({
    devportalUrl: z.string(),
    environment: z.array(environment),
    scopes: texts.min(1),
    monetizationAttributes: z.array(z.unknown()),
    ...(version === '3.0.0' ? {} : { securityAuditProperties: z.strictObject({}), externalStoresEnabled: z.boolean() }),
    ...(version === '3.2.0' ? { docVisibilityEnabled: z.boolean(), crossTenantSubscriptionEnabled: z.boolean() } : {}),
  });

const history = counted(
  z.strictObject({
    previousState: nullableText,
    postState: z.string(),
    user: z.string(),
    updatedTime: z.iso.datetime(),
  }),
);

const category = z.strictObject({ id: z.string(), name: z.string(), description: nullableText });
const fileInfo = z.strictObject({ relativePath: z.string(), mediaType: z.string() });
/** An OpenAPI definition; parsers that nobody here wrote judge the rest of it. */
const definition = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.looseObject({}),
});

/** `API` of the Portal's definition. */
const portalApi = (version: Version) =>
  z.strictObject({
    ...portalApiInfo.omit({ thumbnailUri: true, throttlingPolicies: true, monetizationLabel: true }).shape,
    apiDefinition: z.string().startsWith('{'),
    wsdlUri: z.null(),
    isDefaultVersion: z.boolean(),
    hasThumbnail: z.boolean(),
    transport: texts,
    operations: z.array(z.strictObject({ id: z.null(), target: z.string(), verb: z.string() })).min(1),
    authorizationHeader: z.string(),
    securityScheme: texts,
    tags: texts,
    tiers: z.array(z.strictObject({ tierName: z.string(), tierPlan: z.string(), monetizationAttributes: z.null() })),
    additionalProperties: z.record(z.string(), z.string()),
    endpointURLs: z.array(
      z.strictObject({
        environmentName: z.string(),
        environmentType: z.string(),
        URLs: z.strictObject({ http: nullableText, https: nullableText, ws: nullableText, wss: nullableText }),
        defaultVersionURLs: z
          .strictObject({ http: nullableText, https: nullableText, ws: nullableText, wss: nullableText })
          .nullable(),
      }),
    ),
    environmentList: texts,
    labels: z.array(z.never()),
    scopes: z.array(z.strictObject({ key: z.string(), name: z.string(), roles: texts, description: z.string() })),
    monetization: z.null(),
    subscriptions: z.literal(0),
    createdTime: z.iso.datetime(),
    lastUpdatedTime: z.iso.datetime(),
    ...(version === '3.0.0' ? {} : { categories: texts }),
    ...(version === '3.2.0' ? { keyManagers: texts } : {}),
  });

const portalSettings = (version: Version) =>
  z.strictObject({
    grantTypes: texts.min(1),
    scopes: texts.min(1),
    applicationSharingEnabled: z.boolean(),
    mapExistingAuthApps: z.boolean(),
    apiGatewayEndpoint: z.string(),
    monetizationEnabled: z.boolean(),
    IsUnlimitedTierPaid: z.boolean(),
    IsAnonymousModeEnabled: z.boolean(),
    identityProvider: z.strictObject({ external: z.boolean() }),
    ...(version === '3.0.0' ? {} : { recommendationEnabled: z.boolean() }),
    ...(version === '3.2.0' ? { IsPasswordChangeEnabled: z.boolean() } : {}),
  });

/** `ThrottlingPolicy` of the Portal's definition. */
export const portalPolicy = z.strictObject({
  name: z.string(),
  description: z.string(),
  policyLevel: z.enum(['application', 'subscription']),
  attributes: z.record(z.string(), z.string()),
  requestCount: z.int(),
  unitTime: z.int(),
  tierPlan: z.enum(['FREE', 'COMMERCIAL']),
  stopOnQuotaReach: z.boolean(),
  monetizationAttributes: z.null(),
  throttlingPolicyPermissions: z.null(),
});

/** `KeyManagerInfo` of the Portal's definition of 3.2.0. */
export const portalKeyManager = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  availableGrantTypes: texts.min(1),
  tokenEndpoint: z.string(),
  revokeEndpoint: z.string(),
  userInfoEndpoint: z.string(),
  enableTokenGeneration: z.boolean(),
  enableTokenEncryption: z.boolean(),
  enableTokenHashing: z.boolean(),
  enableOAuthAppCreation: z.boolean(),
  enableMapOAuthConsumerApps: z.boolean(),
  applicationConfiguration: z.array(z.looseObject({})),
  additionalProperties: z.looseObject({}),
});

const token = z.strictObject({ accessToken: z.string(), tokenScopes: texts, validityTime: z.int() });
const credentials = z.strictObject({ consumerKey: z.string(), consumerSecret: z.string() });
const apiKey = z.strictObject({ apikey: z.string(), validityTime: z.int() });

/** Tenants that were made; there are none. */
const tenants = listOf(z.never());

type Tables = Readonly<Record<string, z.ZodType>>;

const publisher = (version: Version): Tables => ({
  'GET /api-categories': counted(category),
  'GET /apis': listOf(apiInfo),
  'POST /apis': apiSchema(version),
  'POST /apis/change-lifecycle': workflowResponse,
  'POST /apis/copy-api': apiSchema(version),
  'POST /apis/import-openapi': apiSchema(version),
  'POST /apis/validate': nothing,
  'POST /apis/validate-openapi': validation,
  'DELETE /apis/{apiId}': nothing,
  'GET /apis/{apiId}': apiSchema(version),
  'PUT /apis/{apiId}': apiSchema(version),
  'GET /apis/{apiId}/documents': listOf(document),
  'POST /apis/{apiId}/documents': document,
  'POST /apis/{apiId}/documents/validate': nothing,
  'DELETE /apis/{apiId}/documents/{documentId}': nothing,
  'GET /apis/{apiId}/documents/{documentId}': document,
  'PUT /apis/{apiId}/documents/{documentId}': document,
  'GET /apis/{apiId}/documents/{documentId}/content': z.string(),
  'POST /apis/{apiId}/documents/{documentId}/content': document,
  'GET /apis/{apiId}/external-stores': counted(z.never()),
  'GET /apis/{apiId}/lifecycle-history': history,
  'GET /apis/{apiId}/lifecycle-state': lifecycleState,
  'GET /apis/{apiId}/resource-paths': listOf(
    z.strictObject({ id: z.int(), resourcePath: z.string().startsWith('/'), httpVerb: z.string() }),
  ),
  'GET /apis/{apiId}/scopes': listOf(scope),
  'POST /apis/{apiId}/scopes': scope,
  'DELETE /apis/{apiId}/scopes/{name}': nothing,
  'GET /apis/{apiId}/scopes/{name}': scope,
  'PUT /apis/{apiId}/scopes/{name}': scope,
  'GET /apis/{apiId}/subscription-policies': z.array(throttlingPolicy),
  'GET /apis/{apiId}/swagger': definition,
  'PUT /apis/{apiId}/swagger': definition,
  'GET /apis/{apiId}/thumbnail': z.literal(1),
  'PUT /apis/{apiId}/thumbnail': fileInfo,
  'GET /labels': counted(z.strictObject({ name: z.string(), description: z.string(), accessUrls: z.array(z.url()) })),
  'GET /external-stores': counted(z.never()),
  'GET /tenants': tenants,
  'HEAD /tenants/{tenantDomain}': nothing,
  'HEAD /me/roles/{roleId}': nothing,
  'HEAD /roles/{roleId}': nothing,
  'HEAD /scopes/{name}': nothing,
  'HEAD /scopes/{scopeId}': nothing,
  'GET /search': publisherResults,
  'GET /settings': publisherSettings(version),
  'GET /settings/gateway-environments': counted(environment),
  'GET /subscriptions': listOf(subscription),
  'POST /subscriptions/block-subscription': subscription,
  'POST /subscriptions/unblock-subscription': subscription,
  'GET /throttling-policies/{policyLevel}': listOf(throttlingPolicy),
  'GET /throttling-policies/{policyLevel}/{policyName}': throttlingPolicy,
});

const store = (version: Version): Tables => ({
  'GET /api-categories': counted(category),
  'GET /apis': listOf(portalApiInfo),
  'GET /apis/{apiId}': portalApi(version),
  'GET /apis/{apiId}/documents': listOf(shownDocument),
  'GET /apis/{apiId}/documents/{documentId}': shownDocument,
  'GET /apis/{apiId}/documents/{documentId}/content': z.string(),
  'GET /apis/{apiId}/subscription-policies': z.array(portalPolicy),
  'GET /apis/{apiId}/swagger': definition,
  'GET /apis/{apiId}/thumbnail': z.literal(1),
  'GET /applications': listOf(applicationInfo),
  'POST /applications': applicationSchema(version),
  'DELETE /applications/{applicationId}': nothing,
  'GET /applications/{applicationId}': applicationSchema(version),
  'PUT /applications/{applicationId}': applicationSchema(version),
  'POST /applications/{applicationId}/api-keys/{keyType}/generate': apiKey,
  'POST /applications/{applicationId}/api-keys/{keyType}/revoke': nothing,
  'POST /applications/{applicationId}/generate-keys': applicationKey(version),
  'POST /applications/{applicationId}/map-keys': applicationKey(version),
  'GET /applications/{applicationId}/keys': counted(applicationKey(version)),
  'GET /applications/{applicationId}/keys/{keyType}': applicationKey(version),
  'PUT /applications/{applicationId}/keys/{keyType}': applicationKey(version),
  'POST /applications/{applicationId}/keys/{keyType}/clean-up': nothing,
  'POST /applications/{applicationId}/keys/{keyType}/generate-token': token,
  'POST /applications/{applicationId}/keys/{keyType}/regenerate-secret': credentials,
  'GET /applications/{applicationId}/oauth-keys': counted(applicationKey(version)),
  'GET /applications/{applicationId}/oauth-keys/{keyMappingId}': applicationKey(version),
  'PUT /applications/{applicationId}/oauth-keys/{keyMappingId}': applicationKey(version),
  'POST /applications/{applicationId}/oauth-keys/{keyMappingId}/clean-up': nothing,
  'POST /applications/{applicationId}/oauth-keys/{keyMappingId}/generate-token': token,
  'POST /applications/{applicationId}/oauth-keys/{keyMappingId}/regenerate-secret': credentials,
  'GET /key-managers': counted(portalKeyManager),
  'GET /search': portalResults,
  'GET /settings': portalSettings(version),
  'GET /subscriptions': listOf(portalSubscription(version)),
  'POST /subscriptions': portalSubscription(version),
  'POST /subscriptions/multiple': z.array(portalSubscription(version)),
  'DELETE /subscriptions/{subscriptionId}': nothing,
  'GET /subscriptions/{subscriptionId}': portalSubscription(version),
  'PUT /subscriptions/{subscriptionId}': portalSubscription(version),
  'GET /tenants': tenants,
  'GET /tags': listOf(z.strictObject({ value: z.string(), count: z.int() })),
  'GET /throttling-policies/{policyLevel}': listOf(portalPolicy),
  'GET /throttling-policies/{policyLevel}/{policyId}': portalPolicy,
});

/** What an operation answers where all is well, by `GET /apis`: field by field, as the published definitions have it. */
export const answerTables = (api: Exclude<RestApi, 'admin'>, version: Version): Tables =>
  ({ publisher, store })[api](version);
