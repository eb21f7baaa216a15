import { ConfigurationError } from './configuration-error.ts';
import { namesIn, replaceIn } from './placeholders.ts';
import type { Variables } from './resolve-variables.ts';
import { isList, isTable, type Keys, type Value } from './values.ts';

const PLAIN = /^\[(.*)\]$/s;

/**
 * Checks every `$secret{alias}` against the table `[secrets]`, tables of arrays included (configuration.md 4.3). The
 * product takes a plain value, written `"[value]"`, only in a start with `-DencryptSecrets`, and wants cipher text
 * otherwise. The simulator has no secure vault to decrypt that, so it says so instead of starting with a wrong password.
 */
export const checkSecrets = (keys: Keys, systemProperties: Variables): void => {
  for (const value of keys.values()) {
    for (const alias of aliasesIn(value)) {
      const secret = keys.get(`secrets.${alias}`) ?? keys.get(`secrets.'${alias}'`);
      if (typeof secret !== 'string') {
        throw new ConfigurationError(`Secret references can't be resolved for ${alias}`);
      }
      if (!PLAIN.test(secret)) {
        throw new ConfigurationError(
          `Secret ${alias} is encrypted, and the simulator has no secure vault: write it as "[value]" and start with -DencryptSecrets`,
        );
      }
      if (systemProperties.encryptSecrets !== 'true') {
        throw new ConfigurationError(`Secret references can't be plain text for ${alias}`);
      }
    }
  }
};

/** Puts the checked secrets in. The product does this at run time, so it comes after everything else was resolved. */
export const revealSecrets = (keys: Keys): Keys => {
  const secretOf = (alias: string): string => {
    const secret = keys.get(`secrets.${alias}`) ?? keys.get(`secrets.'${alias}'`);
    return PLAIN.exec(String(secret))?.[1] ?? '';
  };
  const reveal = (value: Value): Value => {
    if (typeof value === 'string') return replaceIn(value, 'secret', secretOf);
    if (isList(value)) return value.map(reveal);
    return isTable(value) ? new Map(Array.from(value, ([key, each]) => [key, reveal(each)] as const)) : value;
  };
  return new Map(Array.from(keys, ([key, value]) => [key, reveal(value)] as const));
};

const aliasesIn = (value: Value): readonly string[] => {
  if (typeof value === 'string') return namesIn(value, 'secret');
  if (isList(value)) return value.flatMap(aliasesIn);
  return isTable(value) ? [...value.values()].flatMap(aliasesIn) : [];
};
