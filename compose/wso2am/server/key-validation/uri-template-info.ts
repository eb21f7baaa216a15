import { z } from 'zod';

/** A group of conditions as gateways hear of it: `ConditionGroupDTO` (wire.md 2.1). */
export type ConditionGroupInfo = {
  /** `_condition_3`, or `_default`, which has no conditions. */
  readonly conditionGroupId: string;
  readonly conditions: readonly ConditionInfo[];
};

export type ConditionInfo = {
  /** What is looked at: a header's name, a claim's URI. */
  readonly conditionName: string;
  readonly conditionType: 'IPSpecific' | 'IPRange' | 'Header' | 'QueryParameterType' | 'JWTClaims';
  readonly conditionValue: string;
  readonly inverted: boolean;
};

/** A resource as a Key Manager tells gateways of it: `URITemplate` (wire.md 2.1). */
export type UriTemplateInfo = {
  readonly httpVerb: string;
  /** `Any`, `Application`, `Application_User` or `None`. */
  readonly authType: string;
  readonly uriTemplate: string;
  readonly throttlingTier: string;
  /** Names of the policy's condition groups; the last is `_default`, for requests that none fits. */
  readonly throttlingConditions: readonly string[];
  /** `apiLevel` or `userLevel`. */
  readonly applicableLevel: string;
};

/** The same with the groups themselves, where there are any. Gateways can do without: decisions bring them the conditions. */
export type UriTemplateAnswer = UriTemplateInfo & { readonly conditionGroups?: readonly ConditionGroupInfo[] };

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

export const uriTemplateSchema = z
  .object({
    HTTPVerb: z.string(),
    authType: z.string(),
    uriTemplate: z.string(),
    throttlingTier: z.string().default('Unlimited'),
    throttlingConditions: texts.default(['_default']),
    applicableLevel: z.string().default('apiLevel'),
  })
  .transform(({ HTTPVerb, ...others }): UriTemplateInfo => ({ httpVerb: HTTPVerb, ...others }));
