import type {
  ApiEntity,
  ApiPolicyEntity,
  ApplicationEntity,
  KeyManagerEntity,
  KeyMappingEntity,
  PolicyEntity,
  SubscriptionEntity,
  SubscriptionPolicyEntity,
} from './entities.ts';

/** Entities of one kind, each under the key by which calls look for it. */
export type Index<T> = {
  get(key: string): T | undefined;
  /** Adds an entity, or replaces the one with its key. */
  put(entity: T): void;
  remove(key: string): void;
  all(): readonly T[];
};

/** What a gateway of 3.2.0 decides by: who may call what, and under which policies (wire.md 2.3). Begins empty. */
export type SubscriptionStore = {
  readonly apis: Index<ApiEntity>;
  readonly applications: Index<ApplicationEntity>;
  readonly subscriptions: Index<SubscriptionEntity>;
  readonly keyMappings: Index<KeyMappingEntity>;
  readonly subscriptionPolicies: Index<SubscriptionPolicyEntity>;
  readonly applicationPolicies: Index<PolicyEntity>;
  readonly apiPolicies: Index<ApiPolicyEntity>;
  readonly keyManagers: Index<KeyManagerEntity>;
};

export const apiKeyOf = ({ context, version }: Pick<ApiEntity, 'context' | 'version'>): string =>
  `${context}:${version}`;

export const subscriptionKeyOf = ({ apiId, appId }: Pick<SubscriptionEntity, 'apiId' | 'appId'>): string =>
  `${appId}:${apiId}`;

/** Name of the Key Manager that is part of the product (wire.md 2.3). */
export const RESIDENT_KEY_MANAGER = 'Resident Key Manager';

/** Key Managers name clients each by itself. A mapping that names no Key Manager is the resident one's. */
export const mappingKeyOf = ({
  consumerKey,
  keyManager,
}: Pick<KeyMappingEntity, 'consumerKey' | 'keyManager'>): string =>
  `${keyManager === '' ? RESIDENT_KEY_MANAGER : keyManager}:${consumerKey}`;

export const createSubscriptionStore = (): SubscriptionStore => ({
  apis: indexBy((api) => apiKeyOf(api)),
  applications: indexBy(({ id }) => String(id)),
  subscriptions: indexBy((subscription) => subscriptionKeyOf(subscription)),
  keyMappings: indexBy((mapping) => mappingKeyOf(mapping)),
  subscriptionPolicies: indexBy(({ name }) => name),
  applicationPolicies: indexBy(({ name }) => name),
  apiPolicies: indexBy(({ name }) => name),
  keyManagers: indexBy(({ name }) => name),
});

const indexBy = <T>(keyOf: (entity: T) => string): Index<T> => {
  const entities = new Map<string, T>();
  return {
    get: (key) => entities.get(key),
    put: (entity) => void entities.set(keyOf(entity), entity),
    remove: (key) => void entities.delete(key),
    all: () => [...entities.values()],
  };
};
