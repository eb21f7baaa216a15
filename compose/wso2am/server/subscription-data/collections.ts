import * as z from 'zod/mini';
import {
  apiPolicySchema,
  apiSchema,
  applicationPolicySchema,
  applicationSchema,
  keyManagerSchema,
  keyMappingSchema,
  subscriptionPolicySchema,
  subscriptionSchema,
} from './entities.ts';
import type { Index, SubscriptionStore } from './subscription-store.ts';

/** One resource of the event hub, and where what it lists is kept. */
export type Collection<T> = {
  /** Below `/internal/data/v1`. */
  readonly path: string;
  readonly indexIn: (store: SubscriptionStore) => Index<T>;
  /** Puts the entities of an answer into the store. @throws for an answer of another form */
  readonly keep: (store: SubscriptionStore, answer: unknown) => void;
};

const collection = <T extends z.ZodMiniType>(
  path: string,
  schema: T,
  indexIn: (store: SubscriptionStore) => Index<z.infer<T>>,
): Collection<z.infer<T>> => {
  // `/keymanagers` answers a bare list (?); the others wrap theirs (wire.md 2.3).
  const answer = z.union([z.array(schema), z.object({ list: z.nullish(z.array(schema)) })]);
  return {
    path,
    indexIn,
    keep: (store, value) => {
      const parsed = z.parse(answer, value);
      const index = indexIn(store);
      for (const entity of Array.isArray(parsed) ? parsed : (parsed.list ?? [])) index.put(entity);
    },
  };
};

/** What a gateway loads at its start (wire.md 2.3). */
export const COLLECTIONS = {
  apis: collection('/apis', apiSchema, ({ apis }) => apis),
  applications: collection('/applications', applicationSchema, ({ applications }) => applications),
  subscriptions: collection('/subscriptions', subscriptionSchema, ({ subscriptions }) => subscriptions),
  keyMappings: collection('/application-key-mappings', keyMappingSchema, ({ keyMappings }) => keyMappings),
  subscriptionPolicies: collection(
    '/subscription-policies',
    subscriptionPolicySchema,
    ({ subscriptionPolicies }) => subscriptionPolicies,
  ),
  applicationPolicies: collection(
    '/application-policies',
    applicationPolicySchema,
    ({ applicationPolicies }) => applicationPolicies,
  ),
  apiPolicies: collection('/api-policies', apiPolicySchema, ({ apiPolicies }) => apiPolicies),
  keyManagers: collection('/keymanagers', keyManagerSchema, ({ keyManagers }) => keyManagers),
} as const;
