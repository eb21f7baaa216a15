import type { Condition, ConditionGroup } from '../throttling/plans/policy.ts';
import type { ConditionGroupInfo, ConditionInfo } from './uri-template-info.ts';

const DEFAULT: ConditionGroupInfo = { conditionGroupId: '_default', conditions: [] };

/** Condition groups as a Key Manager tells gateways of them; the default comes last (wire.md 2.1). */
export const conditionGroupInfos = (groups: readonly ConditionGroup[]): readonly ConditionGroupInfo[] => [
  ...groups.map(({ id, conditions }) => ({
    conditionGroupId: `_condition_${id}`,
    conditions: conditions.flatMap(conditionInfos),
  })),
  DEFAULT,
];

/** Types as the product's policies have them (carbon-apimgt 6.5.349, PolicyConstants). */
const VALUE_TYPES = { header: 'Header', query: 'QueryParameterType', jwtClaim: 'JWTClaims' } as const;

/** One condition of a group; one that compares several values makes as many. */
export const conditionInfos = (condition: Condition): readonly ConditionInfo[] => {
  const { invert: inverted } = condition;
  switch (condition.type) {
    case 'ip':
      return [{ conditionName: '', conditionType: 'IPSpecific', conditionValue: condition.address, inverted }];
    case 'ipRange': {
      const { from: conditionName, to: conditionValue } = condition;
      return [{ conditionName, conditionType: 'IPRange', conditionValue, inverted }];
    }
    default:
      return Object.entries(condition.values).map(([conditionName, conditionValue]) => ({
        conditionName,
        conditionType: VALUE_TYPES[condition.type],
        conditionValue,
        inverted,
      }));
  }
};
