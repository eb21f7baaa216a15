import { isIPv4 } from 'node:net';
import { ipNumber } from '../ip-number.ts';
import type { Condition, ConditionGroup } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { siddhiText } from './siddhi-text.ts';

/** All conditions of a group, as SiddhiQL. @throws PolicyError for what cannot be written in it */
export const groupText = ({ id, conditions }: ConditionGroup): string => {
  if (conditions.length === 0) throw new PolicyError(`condition group ${id} has no conditions`);
  return `(${conditions.map(conditionText).join(' and ')})`;
};

const conditionText = (condition: Condition): string => {
  const text = `(${positiveText(condition)})`;
  return condition.invert ? `not ${text}` : text;
};

const IP = "cast(map:get(propertiesMap, 'ip'), 'long')";

const positiveText = (condition: Condition): string => {
  switch (condition.type) {
    case 'ip':
      return `${IP} == ${address(condition.address)}`;
    case 'ipRange':
      return `${IP} >= ${address(condition.from)} and ${IP} <= ${address(condition.to)}`;
    default: {
      const values = Object.entries(condition.values);
      if (values.length === 0) throw new PolicyError(`a ${condition.type} condition has no values`);
      return values
        .map(([name, pattern]) => {
          const value = `cast(map:get(propertiesMap, ${siddhiText(name)}), 'string')`;
          return `regex:find(${siddhiText(pattern)}, ${value})`;
        })
        .join(' and ');
    }
  }
};

/** Numbers of IPv6 addresses do not fit into a LONG of Siddhi; the simulator has no plan for them. */
const address = (text: string): string => {
  if (!isIPv4(text)) throw new PolicyError(`${text} is no IPv4 address`);
  return `${ipNumber(text)}L`;
};
