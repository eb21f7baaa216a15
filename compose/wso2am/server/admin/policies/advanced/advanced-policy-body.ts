import { z } from 'zod';
import { LIMITS, type LimitForm, limitBody } from '../limit.ts';
import { latin1, POLICY_FIELDS } from '../policy-fields.ts';
import type { AdvancedPolicy } from './advanced-policy.ts';
import { conditionBody, conditionOut } from './condition-form.ts';

/** The body of a new or changed advanced policy. */
export const advancedPolicyBody = (form: LimitForm) =>
  z.object({
    ...POLICY_FIELDS,
    defaultLimit: LIMITS[form],
    conditionalGroups: z
      .array(
        z.object({
          description: latin1(1024).nullish(),
          conditions: z.array(conditionBody(form)).min(1),
          limit: LIMITS[form],
        }),
      )
      .nullish(),
  });

/** A policy as lists have it: without its groups. */
export const advancedPolicySummary = (form: LimitForm, policy: AdvancedPolicy): object => ({
  policyId: policy.id,
  policyName: policy.name,
  displayName: policy.displayName,
  description: policy.description,
  isDeployed: policy.isDeployed,
  defaultLimit: limitBody(form, policy.defaultQuota),
});

export const advancedPolicyDetails = (form: LimitForm, policy: AdvancedPolicy): object => ({
  ...advancedPolicySummary(form, policy),
  conditionalGroups: policy.groups.map(({ description, conditions, quota }) => ({
    description,
    conditions: conditions.map((condition) => conditionOut(form, condition)),
    limit: limitBody(form, quota),
  })),
});
