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
  Buffer.from(JSON.stringify(groups.map(({ conditions }) => jsonOfGroup(conditions)))).toString('base64');

type ConditionJson = {
  readonly invert: boolean;
  readonly specificIp?: number;
  readonly startingIp?: number;
  readonly endingIp?: number;
  readonly values?: Readonly<Record<string, string>>;
};

/** One entry per kind: conditions on several headers share one, and the last says whether it is inverted, as in the product. */
const jsonOfGroup = (conditions: readonly Condition[]): Readonly<Record<string, ConditionJson>> => {
  const json: Record<string, ConditionJson> = {};
  for (const condition of conditions) {
    const key = JSON_KEYS[condition.type];
    json[key] = jsonOf(condition, json[key]?.values);
  }
  return json;
};

const jsonOf = (condition: Condition, others: ConditionJson['values']): ConditionJson => {
  const { invert } = condition;
  switch (condition.type) {
    case 'ip':
      return { specificIp: Number(ipNumber(condition.address)), invert };
    case 'ipRange':
      return { startingIp: Number(ipNumber(condition.from)), endingIp: Number(ipNumber(condition.to)), invert };
    default:
      return { invert, values: { ...others, ...condition.values } };
  }
};
