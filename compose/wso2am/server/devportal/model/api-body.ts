import type { Version } from '../../../../../lab/product/versions.ts';
import { type Api, fullContext } from '../../publisher/model/api.ts';
import type { Policy } from '../../publisher/stores/policies.ts';
import type { DevportalContext } from '../context.ts';
import { endpointUrlBodies } from './endpoint-urls.ts';

/** What Publisher and Portal say differently: here the context has the version in it, as callers write it. */
const common = (api: Api) => ({
  id: api.id,
  name: api.name,
  description: api.description ?? null,
  context: fullContext(api),
  version: api.version,
  provider: api.provider,
  lifeCycleStatus: api.status,
  businessInformation: api.businessInformation,
  avgRating: '0.0',
  advertiseInfo: { advertised: false, originalStoreUrl: null, apiOwner: api.provider },
  isSubscriptionAvailable: api.status === 'PUBLISHED' && api.policies.length > 0,
});

/** An API as lists have it. */
export const apiInfoBody = (api: Api): object => ({
  ...common(api),
  type: api.type,
  thumbnailUri: api.hasThumbnail ? `/apis/${api.id}/thumbnail` : null,
  throttlingPolicies: api.policies,
  monetizationLabel: null,
});

/** Fields the REST API has and the simulator never fills. */
const NEVER_FILLED = { wsdlUri: null, monetization: null, labels: [], subscriptions: 0 };

/** An API in full. @param policies subscription policies there are */
export const apiBody = (
  { version, environments }: { readonly version: Version } & Pick<DevportalContext, 'environments'>,
  api: Api,
  definition: string,
  policies: readonly Policy[],
): object => ({
  ...NEVER_FILLED,
  ...common(api),
  hasThumbnail: api.hasThumbnail,
  apiDefinition: definition,
  type: api.type,
  isDefaultVersion: api.isDefaultVersion,
  transport: api.transport,
  operations: api.operations.map(({ target, verb }) => ({ id: null, target, verb })),
  authorizationHeader: api.authorizationHeader,
  securityScheme: api.securityScheme,
  tags: api.tags,
  tiers: policies
    .filter(({ name }) => api.policies.includes(name))
    .map(({ name, tierPlan }) => ({ tierName: name, tierPlan, monetizationAttributes: null })),
  additionalProperties: api.additionalProperties,
  endpointURLs: endpointUrlBodies(environments, api),
  environmentList: api.gatewayEnvironments,
  scopes: api.scopes.map(({ name, description, roles }) => ({ key: name, name, roles, description })),
  createdTime: api.createdTime.toISOString(),
  lastUpdatedTime: api.lastUpdatedTime.toISOString(),
  ...(version === '3.0.0' ? {} : { categories: api.categories }),
  ...(version === '3.2.0' ? { keyManagers: api.keyManagers } : {}),
});
