import { ipNumber } from '../ip-number.ts';
import type { Condition, ConditionGroup } from './policy.ts';

/** Keys of the JSON that tells gateways what the conditions of a key are; carbon-apimgt's, in lower case (3.x). */
const JSON_KEYS: Readonly<Record<Condition['type'], string>> = {
  ip: 'ipspecific',
  ipRange: 'iprange',
  header: 'header',
  query: 'queryparametertype',
  jwtClaim: 'jwtclaims',
};

/**
 * The attribute `evaluatedConditions` of decisions (wire.md 5.9): base64 of a JSON list with an object per group. The
 * plan of a group carries its own conditions, the default plan those of all groups.
 */
export const evaluatedConditions = (groups: readonly ConditionGroup[]): string =>
  Buffer.from(
    JSON.stringify(
      groups.map(({ conditions }) =>
        Object.fromEntries(conditions.map((condition) => [JSON_KEYS[condition.type], jsonOf(condition)])),
      ),
    ),
  ).toString('base64');

const jsonOf = (condition: Condition): unknown => {
  const { invert } = condition;
  switch (condition.type) {
    case 'ip':
      return { specificIp: Number(ipNumber(condition.address)), invert };
    case 'ipRange':
      return { startingIp: Number(ipNumber(condition.from)), endingIp: Number(ipNumber(condition.to)), invert };
    default:
      return { invert, values: condition.values };
  }
};
