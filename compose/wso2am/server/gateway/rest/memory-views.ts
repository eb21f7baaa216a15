import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { ApiEntity } from '../../subscription-data/entities.ts';
import type { ArtifactStore } from '../../synapse/artifact-store.ts';
import type { GatewayContents } from './gateway-rest.ts';

type List = { readonly count: number; readonly list: readonly object[] };

/** `GET /apis?context=&version=`: without their resources. */
export const apisInMemory = ({ artifacts, data }: GatewayContents, query: URLSearchParams): List =>
  listed(
    query,
    data.store.apis
      .all()
      .filter(({ context, version }) => fits(query, 'context', context) && fits(query, 'version', version))
      .map(({ urlMappings: _resources, ...api }) => ({ apiUUID: uuidOf(artifacts, api), ...api })),
  );

/** `GET /applications?name=&uuid=`, with their keys. */
export const applicationsInMemory = ({ data: { store } }: GatewayContents, query: URLSearchParams): List => {
  const mappings = store.keyMappings.all();
  return listed(
    query,
    store.applications
      .all()
      .filter(({ name, uuid }) => fits(query, 'name', name) && fits(query, 'uuid', uuid))
      .map((application) => ({
        ...application,
        keys: mappings
          .filter(({ applicationId }) => applicationId === application.id)
          .map(({ applicationId: _owner, ...keys }) => keys),
      })),
  );
};

/** `GET /subscriptions?apiUUID=&appUUID=`. */
export const subscriptionsInMemory = (
  { artifacts, data: { store } }: GatewayContents,
  query: URLSearchParams,
): List => {
  const apis = new Map(store.apis.all().map((api) => [api.apiId, api]));
  return listed(
    query,
    store.subscriptions
      .all()
      .filter(({ apiId, appId }) => {
        const api = apis.get(apiId);
        return (
          fits(query, 'apiUUID', api && uuidOf(artifacts, api)) &&
          fits(query, 'appUUID', store.applications.get(String(appId))?.uuid)
        );
      })
      .map((subscription) => ({ ...subscription, subscriptionId: Number(subscription.subscriptionId) })),
  );
};

/** The event hub does not tell UUIDs of APIs (wire.md 2.3); the artifact that serves the API does. */
const uuidOf = (
  { apis }: ArtifactStore,
  { context, version }: Pick<ApiEntity, 'context' | 'version'>,
): string | undefined =>
  apis.all().find((artifact) => artifact.context === context && artifact.version === version)?.uuid;

/** A parameter that is not there fits everything. */
const fits = (query: URLSearchParams, parameter: string, value: string | undefined): boolean =>
  !query.get(parameter) || query.get(parameter) === value;

/** The memory is that of the super tenant: of others there is nothing. */
const listed = (query: URLSearchParams, list: readonly object[]): List => {
  const tenant = query.get('tenantDomain') || SUPER_TENANT_DOMAIN;
  return tenant === SUPER_TENANT_DOMAIN ? { count: list.length, list } : { count: 0, list: [] };
};
