import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { type Answer, json } from '../carbon/web.ts';
import type { Statements } from '../database/database.ts';
import type { DataRoute } from '../throttle-data/data-endpoints.ts';
import { artifactAttributes, findArtifact, publishedArtifacts } from './artifact-storage.ts';

/**
 * What gateways of 3.2.0 fetch of the event hub when `[apim.sync_runtime_artifacts.gateway]` says so (wire.md 2.3, 6.3;
 * carbon-apimgt 6.7.206, internal.service). Labels are those of the gateway that asks.
 */
export const artifactRoutes = (apim: Statements): readonly DataRoute[] => [
  {
    method: 'GET',
    path: '/synapse-artifacts',
    handle: async ({ query }) => {
      const of = (name: string): string => query.get(name) ?? '';
      const text = await findArtifact(apim, of('apiId'), of('gatewayLabel'), of('gatewayInstruction'));
      return text === undefined ? NOTHING : { ...json(200, null), body: text };
    },
  },
  {
    method: 'GET',
    path: '/gateway-synapse-artifacts',
    handle: async ({ query }) => {
      const list = await publishedArtifacts(apim, query.get('gatewayLabel') ?? '');
      return json(200, { count: list.length, list });
    },
  },
  {
    method: 'GET',
    path: '/synapse-attributes',
    handle: async ({ query }) => {
      const attributes = await artifactAttributes(apim, {
        name: query.get('apiName') ?? '',
        version: query.get('version') ?? '',
        tenantDomain: query.get('tenantDomain') || SUPER_TENANT_DOMAIN,
      });
      return json(200, { count: null, ...attributes });
    },
  },
];

/** The product answers with success and without a body where it finds nothing (?). */
const NOTHING: Answer = { status: 200 };
