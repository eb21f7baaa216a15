import { ConfigurationError } from './configuration-error.ts';
import { replaceIn } from './placeholders.ts';
import { isList, type Keys, type Value } from './values.ts';

/** Names with their values: the environment, or the system properties given as `-Dname=value`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Resolves `$sys{}` and then `$env{}` (configuration.md 4.3). In texts and lists of texts only: config-mapper 1.0.2 does
 * not look into the tables of an array.
 */
export const resolveVariables = (keys: Keys, systemProperties: Variables, environment: Variables): Keys => {
  const property = (name: string): string => {
    const value = lookUp(systemProperties, name);
    if (value === undefined || value === '') {
      throw new ConfigurationError(`Error while retrieving ${name} system property`);
    }
    return asReplacement(value);
  };
  const variable = (name: string): string => {
    const value = lookUp(environment, name);
    if (value === undefined) throw new ConfigurationError(`Environment variable ${name} not defined in system`);
    return asReplacement(value);
  };
  const resolveText = (text: string): string => replaceIn(replaceIn(text, 'sys', property), 'env', variable);
  return new Map(Array.from(keys, ([key, value]) => [key, inTexts(value, resolveText)] as const));
};

const lookUp = (variables: Variables, name: string): string | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined;

const inTexts = (value: Value, change: (text: string) => string): Value => {
  if (typeof value === 'string') return change(value);
  return isList(value) ? value.map((item) => (typeof item === 'string' ? change(item) : item)) : value;
};

/**
 * config-mapper 1.0.2 hands the value to Java's `String.replaceAll` unquoted, where `$` starts a group reference and `\`
 * an escape: a password with a dollar stops the start, one with a backslash loses it.
 */
const asReplacement = (value: string): string =>
  value.replace(/\\(.)|\$|\\$/gs, (_, escaped?: string) => {
    if (escaped === undefined) throw new ConfigurationError('Illegal group reference');
    return escaped;
  });
