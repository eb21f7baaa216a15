import { groupText } from './condition-text.ts';
import { evaluatedConditions } from './evaluated-conditions.ts';
import { countingPlan, planAround } from './plan-text.ts';
import type { Policy } from './policy.ts';
import { siddhiText } from './siddhi-text.ts';

/** An execution plan with the name it is deployed by. */
export type NamedPlan = { readonly name: string; readonly text: string };

/** Attributes that make an event subject to a policy, and the key it is counted by, per level (wire.md 5.4, 5.5). */
const LEVELS = {
  app: { tenant: 'appTenant', tier: 'appTier', key: 'appKey' },
  sub: { tenant: 'apiTenant', tier: 'subscriptionTier', key: 'subscriptionKey' },
  resource: { tenant: 'apiTenant', tier: 'resourceTier', key: 'resourceKey' },
} as const;

/**
 * The execution plans of a policy, named as in wire.md 5.4: one, or for a resource policy the default and one per group of
 * conditions. `Unlimited` has none.
 * @throws PolicyError
 */
export const plansOfPolicy = (policy: Policy): readonly NamedPlan[] => {
  if (policy.name === 'Unlimited' && policy.level !== 'global') return [];
  switch (policy.level) {
    case 'global': {
      const name = `global_${policy.name}`;
      return [{ name, text: planAround(name, false, policy.siddhiQuery.trim()) }];
    }
    case 'resource':
      return resourcePlans(policy);
    default: {
      const name = `${policy.tenant}_${policy.level}_${policy.name}`;
      const { key } = LEVELS[policy.level];
      return [{ name, text: countingPlan({ name, eligible: eligible(policy), key, quota: policy.quota }) }];
    }
  }
};

const resourcePlans = (policy: Extract<Policy, { level: 'resource' }>): readonly NamedPlan[] => {
  const groups = policy.conditionGroups;
  const plan = (suffix: string, condition: string, of: typeof groups, quota = policy.defaultQuota): NamedPlan => {
    const name = `${policy.tenant}_resource_${policy.name}_${suffix}`;
    const text = countingPlan({
      name,
      eligible: `${eligible(policy)}${condition}`,
      key: `str:concat(${LEVELS.resource.key}, '_${suffix}')`,
      quota,
      evaluatedConditions: evaluatedConditions(of),
    });
    return { name, text };
  };
  const others = groups.length === 0 ? '' : ` and not (${groups.map(groupText).join(' or ')})`;
  return [
    plan('default', others, groups),
    ...groups.map((group) => plan(`condition_${group.id}`, ` and ${groupText(group)}`, [group], group.quota)),
  ];
};

const eligible = ({ level, tenant, name }: Exclude<Policy, { level: 'global' }>): string =>
  `${LEVELS[level].tenant} == ${siddhiText(tenant)} and ${LEVELS[level].tier} == ${siddhiText(name)}`;
