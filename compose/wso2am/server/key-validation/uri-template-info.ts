import { z } from 'zod';

/** A resource as a Key Manager tells gateways of it: `URITemplate` (wire.md 2.1). */
export type UriTemplateInfo = {
  readonly httpVerb: string;
  /** `Any`, `Application`, `Application_User` or `None`. */
  readonly authType: string;
  readonly uriTemplate: string;
  readonly throttlingTier: string;
  /** Condition groups of the policy, `_default` when none fits. */
  readonly throttlingConditions: readonly string[];
  /** `apiLevel` or `userLevel`. */
  readonly applicableLevel: string;
};

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
