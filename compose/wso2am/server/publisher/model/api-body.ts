import type { Version } from '../../../../../lab/product/versions.ts';
import type { Api } from './api.ts';
import { scopeBody } from './scope.ts';

/** Fields the REST API has and the simulator never fills. */
const NEVER_FILLED = {
  wsdlInfo: null,
  wsdlUrl: null,
  testKey: null,
  endpointSecurity: null,
  mediationPolicies: [],
  monetization: null,
  threatProtectionPolicies: null,
};

/** An API in full, as `GET /apis/{apiId}` answers it. */
export const apiBody = (version: Version, api: Api): object => {
  const { rowId: _rowId, status, createdTime, lastUpdatedTime, scopes, operations, ...fields } = api;
  return {
    ...NEVER_FILLED,
    ...(version === '3.0.0' ? { destinationStatsEnabled: null } : {}),
    ...fields,
    description: api.description ?? null,
    apiThrottlingPolicy: api.apiThrottlingPolicy ?? null,
    maxTps: api.maxTps ?? null,
    endpointConfig: api.endpointConfig ?? null,
    lifeCycleStatus: status,
    workflowStatus: null,
    createdTime: createdTime.toISOString(),
    lastUpdatedTime: lastUpdatedTime.toISOString(),
    scopes: scopes.map((scope) => scopeBody(version, scope)),
    operations: operations.map((operation) => ({ ...operation, usedProductIds: [] })),
  };
};

/** An API as lists have it. */
export const apiInfoBody = (api: Api): object => ({
  id: api.id,
  name: api.name,
  description: api.description ?? null,
  context: api.context,
  version: api.version,
  provider: api.provider,
  type: api.type,
  lifeCycleStatus: api.status,
  workflowStatus: null,
  hasThumbnail: api.hasThumbnail,
});
