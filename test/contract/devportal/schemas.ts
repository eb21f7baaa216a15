import { z } from 'zod';
import type { Version } from '../../../lab/product/versions.ts';

const texts = z.array(z.string());

/** `ApplicationInfo` of the product's definition. */
export const applicationInfo = z.strictObject({
  applicationId: z.uuid(),
  name: z.string(),
  throttlingPolicy: z.string(),
  description: z.string(),
  status: z.literal('APPROVED'),
  groups: texts,
  subscriptionCount: z.int(),
  attributes: z.record(z.string(), z.string()),
  owner: z.string(),
});

const token = z.strictObject({ accessToken: z.string(), tokenScopes: texts, validityTime: z.int() });

/** `ApplicationKey`, and what 3.2.0 adds to it. */
export const applicationKey = (version: Version) =>
  z.strictObject({
    consumerKey: z.string(),
    consumerSecret: z.string(),
    supportedGrantTypes: texts,
    callbackUrl: z.string(),
    keyState: z.enum(['APPROVED', 'COMPLETED']),
    keyType: z.enum(['PRODUCTION', 'SANDBOX']),
    groupId: z.literal(''),
    token: token.nullable(),
    ...(version === '3.2.0'
      ? {
          keyMappingId: z.uuid(),
          keyManager: z.string(),
          mode: z.enum(['CREATED', 'MAPPED']),
          additionalProperties: z.looseObject({}),
        }
      : {}),
  });

/** `Application` of the product's definition. */
export const applicationSchema = (version: Version) =>
  applicationInfo.extend({
    tokenType: z.enum(['OAUTH', 'JWT']),
    keys: z.array(applicationKey(version)),
    subscriptionScopes: texts,
    hashEnabled: z.boolean(),
  });

/** `APIInfo` of the product's definition. */
export const apiInfo = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  context: z.string(),
  version: z.string(),
  type: z.string(),
  provider: z.string(),
  lifeCycleStatus: z.string(),
  thumbnailUri: z.string().nullable(),
  avgRating: z.string(),
  throttlingPolicies: texts,
  advertiseInfo: z.strictObject({
    advertised: z.boolean(),
    originalStoreUrl: z.string().nullable(),
    apiOwner: z.string(),
  }),
  businessInformation: z.looseObject({}),
  isSubscriptionAvailable: z.boolean(),
  monetizationLabel: z.string().nullable(),
});

/** `Subscription` of the product's definition. */
export const subscription = z.strictObject({
  subscriptionId: z.uuid(),
  applicationId: z.uuid(),
  apiId: z.uuid(),
  apiInfo,
  applicationInfo,
  throttlingPolicy: z.string(),
  status: z.enum(['UNBLOCKED', 'BLOCKED', 'PROD_ONLY_BLOCKED', 'ON_HOLD', 'REJECTED']),
  redirectionParams: z.string().nullable(),
});

/** `Subscription` of a version's definition: 3.2.0 adds the policy that was asked for. */
export const subscriptionSchema = (version: Version) =>
  version === '3.2.0' ? subscription.extend({ requestedThrottlingPolicy: z.string() }) : subscription;
