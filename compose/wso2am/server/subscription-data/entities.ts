import * as z from 'zod/mini';

/** What a gateway of 3.2.0 keeps in memory, as the event hub lists it (wire.md 2.3). What is missing or null is empty. */

const text = z.pipe(
  z.nullish(z.string()),
  z.transform((value) => value ?? ''),
);
const count = z.pipe(
  z.nullish(z.number()),
  z.transform((value) => value ?? 0),
);
/** `false` only where it says so: a policy that says nothing stops at its quota. */
const unlessDenied = z.pipe(
  z.nullish(z.boolean()),
  z.transform((value) => value ?? true),
);
const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((value) => value ?? []),
  );
/** Ids are numbers in lists, and texts in some events. */
const id = z.pipe(z.union([z.number(), z.string()]), z.transform(Number));

const urlMapping = z.object({
  authScheme: text,
  throttlingPolicy: text,
  httpMethod: z.string(),
  urlPattern: z.string(),
  scopes: listOf(z.string()),
});

export const apiSchema = z.object({
  apiId: id,
  provider: text,
  name: text,
  version: z.string(),
  /** With the version in it. */
  context: z.string(),
  /** Policy of the whole API; empty where those of its resources count. */
  policy: text,
  apiType: text,
  isDefaultVersion: z._default(z.boolean(), false),
  urlMappings: listOf(urlMapping),
});

export const applicationSchema = z.object({
  id,
  uuid: text,
  name: text,
  /** The subscriber's name. */
  subName: text,
  policy: text,
  tokenType: text,
});

export const subscriptionSchema = z.object({
  subscriptionId: z.pipe(z.union([z.number(), z.string()]), z.transform(String)),
  /** Name of the subscription policy. */
  policyId: text,
  apiId: id,
  appId: id,
  /** `UNBLOCKED`, `BLOCKED`, `PROD_ONLY_BLOCKED`, `ON_HOLD`, `REJECTED`... */
  subscriptionState: text,
});

export const keyMappingSchema = z.object({
  applicationId: id,
  consumerKey: z.string(),
  /** `PRODUCTION` or `SANDBOX`. */
  keyType: text,
  keyManager: text,
});

/** `quotaType` is `bandwidthVolume` where bytes are counted. */
const policy = { name: z.string(), quotaType: text };

export const applicationPolicySchema = z.object(policy);

export const apiPolicySchema = z.object({
  ...policy,
  applicableLevel: text,
  /** What they ask of a request comes with decisions; here counts only what they count. */
  conditionGroups: listOf(z.object({ quotaType: text })),
});

export const subscriptionPolicySchema = z.object({
  ...policy,
  rateLimitCount: count,
  rateLimitTimeUnit: text,
  stopOnQuotaReach: unlessDenied,
});

export const keyManagerSchema = z.object({
  name: z.string(),
  type: text,
  enabled: unlessDenied,
  configuration: z.pipe(
    z.nullish(z.record(z.string(), z.unknown())),
    z.transform((value) => value ?? {}),
  ),
});

export type ApiEntity = z.infer<typeof apiSchema>;
export type ApplicationEntity = z.infer<typeof applicationSchema>;
export type SubscriptionEntity = z.infer<typeof subscriptionSchema>;
export type KeyMappingEntity = z.infer<typeof keyMappingSchema>;
export type PolicyEntity = z.infer<typeof applicationPolicySchema>;
export type ApiPolicyEntity = z.infer<typeof apiPolicySchema>;
export type SubscriptionPolicyEntity = z.infer<typeof subscriptionPolicySchema>;
export type KeyManagerEntity = z.infer<typeof keyManagerSchema>;
