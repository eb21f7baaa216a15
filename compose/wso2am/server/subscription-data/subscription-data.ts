import type { Log } from '../carbon/log.ts';
import { COLLECTIONS, type Collection } from './collections.ts';
import type {
  ApiEntity,
  ApiPolicyEntity,
  ApplicationEntity,
  KeyMappingEntity,
  PolicyEntity,
  SubscriptionEntity,
  SubscriptionPolicyEntity,
} from './entities.ts';
import { apiKeyOf, mappingKeyOf, type SubscriptionStore, subscriptionKeyOf } from './subscription-store.ts';

/**
 * Asks the event hub for a path below `/internal/data/v1`, as often as the product does (wire.md 2.3), and resolves to the
 * parsed JSON; to undefined when the last attempt failed, which the log says then.
 */
export type Retrieve = (pathAndQuery: string) => Promise<unknown>;

/** The store, and the event hub behind it: what is not in memory is fetched singly, and kept (wire.md 2.3). */
export type SubscriptionData = {
  readonly store: SubscriptionStore;
  /** Undefined for what the event hub does not know either, or cannot be asked for. */
  api(context: string, version: string): Promise<ApiEntity | undefined>;
  keyMapping(consumerKey: string, keyManager: string): Promise<KeyMappingEntity | undefined>;
  application(id: number): Promise<ApplicationEntity | undefined>;
  subscription(apiId: number, appId: number): Promise<SubscriptionEntity | undefined>;
  subscriptionPolicy(name: string): Promise<SubscriptionPolicyEntity | undefined>;
  applicationPolicy(name: string): Promise<PolicyEntity | undefined>;
  /** In memory only: the product does not ask for these (carbon-apimgt 6.7.206, key validation handler). */
  apiPolicy(name: string): ApiPolicyEntity | undefined;
  /** Fetches what changed, in memory or not. */
  refreshApi(context: string, version: string): Promise<void>;
  refreshApiPolicy(name: string): Promise<void>;
  /** Fills the store with everything the event hub lists; a list that cannot be had is left empty. */
  load(): Promise<void>;
};

export const subscriptionData = (store: SubscriptionStore, retrieve: Retrieve, log: Log): SubscriptionData => {
  const share = sharing(retrieve);

  const fetchInto = async (
    { path, keep }: Pick<Collection<unknown>, 'path' | 'keep'>,
    query = '',
    ask = retrieve,
  ): Promise<void> => {
    const answer = await ask(path + query);
    if (answer === undefined) return;
    try {
      keep(store, answer);
    } catch (cause) {
      log.error(`Could not read what the event hub answered to ${path}${query}`, cause);
    }
  };

  /** What the store has under a key, else what it has once the event hub was asked. */
  const find = async <T>(
    collection: Collection<T>,
    key: string,
    query: Readonly<Record<string, string>>,
  ): Promise<T | undefined> => {
    const index = collection.indexIn(store);
    const known = index.get(key);
    if (known !== undefined) return known;
    await fetchInto(collection, `?${new URLSearchParams(query)}`, share);
    return index.get(key);
  };

  return {
    store,
    api: (context, version) => find(COLLECTIONS.apis, apiKeyOf({ context, version }), { context, version }),
    keyMapping: (consumerKey, keyManager) =>
      find(COLLECTIONS.keyMappings, mappingKeyOf({ consumerKey, keyManager }), { consumerKey }),
    application: (id) => find(COLLECTIONS.applications, String(id), { appId: String(id) }),
    subscription: (apiId, appId) =>
      find(COLLECTIONS.subscriptions, subscriptionKeyOf({ apiId, appId }), {
        apiId: String(apiId),
        appId: String(appId),
      }),
    subscriptionPolicy: (policyName) => find(COLLECTIONS.subscriptionPolicies, policyName, { policyName }),
    applicationPolicy: (policyName) => find(COLLECTIONS.applicationPolicies, policyName, { policyName }),
    apiPolicy: (name) => store.apiPolicies.get(name),
    refreshApi: (context, version) => fetchInto(COLLECTIONS.apis, `?${new URLSearchParams({ context, version })}`),
    refreshApiPolicy: (policyName) => fetchInto(COLLECTIONS.apiPolicies, `?${new URLSearchParams({ policyName })}`),
    load: async () => {
      await Promise.all(Object.values(COLLECTIONS).map((each) => fetchInto(each)));
    },
  };
};

/** Calls that miss the same entity at the same time wait for one answer. Not for refreshing: that answer may be an older one. */
const sharing = (retrieve: Retrieve): Retrieve => {
  const underWay = new Map<string, Promise<unknown>>();
  return (path) => {
    const known = underWay.get(path);
    if (known !== undefined) return known;
    const asking = retrieve(path).finally(() => underWay.delete(path));
    underWay.set(path, asking);
    return asking;
  };
};
