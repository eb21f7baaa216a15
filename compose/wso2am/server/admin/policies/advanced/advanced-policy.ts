import { SUPER_TENANT_DOMAIN } from '../../../carbon/user-store.ts';
import { type NamedPlan, plansOfPolicy } from '../../../throttling/plans/plans-of-policy.ts';
import type { ConditionGroup, Quota } from '../../../throttling/plans/policy.ts';

/** A policy of an API or of single resources (wire.md 5.4). */
export type AdvancedPolicy = {
  readonly id: string;
  /** `POLICY_ID`. */
  readonly rowId: number;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly isDeployed: boolean;
  /** For requests that no group fits. */
  readonly defaultQuota: Quota;
  readonly groups: readonly DescribedGroup[];
};

/** Its id is `CONDITION_GROUP_ID`, which names the group's plan and key. */
export type DescribedGroup = ConditionGroup & { readonly description: string };

/** The execution plans of a policy. @throws PolicyError for conditions that cannot be written as a plan */
export const plansOfAdvancedPolicy = ({ name, defaultQuota, groups }: AdvancedPolicy): readonly NamedPlan[] =>
  plansOfPolicy({ level: 'resource', tenant: SUPER_TENANT_DOMAIN, name, defaultQuota, conditionGroups: groups });
