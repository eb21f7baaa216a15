import type { Version } from '../../../../lab/product/versions.ts';
import { ConfigurationError } from './configuration-error.ts';
import { RULES, type Rule } from './validation.ts';
import type { Keys } from './values.ts';

/** Checks values (configuration.md 4.1, step 7). Throws with the wording of config-mapper 1.0.2 (Validator). */
export const validate = (keys: Keys, version: Version): void => {
  for (const rule of RULES) {
    if (rule.versions.includes(version) && applies(rule, keys)) check(rule, String(keys.get(rule.key) ?? ''));
  }
};

const applies = (rule: Rule, keys: Keys): boolean =>
  rule.when === undefined || keys.get(rule.when.key) === rule.when.is;

const check = ({ key, pattern, message }: Rule, value: string): void => {
  // Java's \A and \Z are ^ and $ here.
  const whole = new RegExp(`^(?:${pattern.replaceAll('\\A', '').replaceAll('\\Z', '')})$`);
  if (whole.test(value)) return;
  throw new ConfigurationError(
    message ??
      `Validation failed for ${key}. Expected value to match "${pattern}", but was ${value === '' ? 'an empty string' : value}`,
  );
};
