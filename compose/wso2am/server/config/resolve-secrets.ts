import { ConfigurationError } from './configuration-error.ts';
import { namesIn, replaceIn } from './placeholders.ts';
import type { Variables } from './resolve-variables.ts';
import { isList, isTable, type Keys, type Value } from './values.ts';

/** A secret written in the clear: `"[value]"`. */
const PLAIN = /^\[(.*)\]$/s;

/**
 * Checks every `$secret{alias}` against the table `[secrets]`, tables of arrays included (configuration.md 4.3). The
 * product takes a plain value only in a start with `-DencryptSecrets`, and wants cipher text otherwise. The simulator
 * has no secure vault to decrypt that, so it says so instead of starting with a wrong password.
 */
export const checkSecrets = (keys: Keys, systemProperties: Variables): void => {
  for (const alias of new Set([...keys.values()].flatMap(aliasesIn))) {
    const secret = secretOf(keys, alias);
    if (secret === undefined) throw new ConfigurationError(`Secret references can't be resolved for ${alias}`);
    if (!PLAIN.test(secret)) {
      throw new ConfigurationError(
        `Secret ${alias} is encrypted, and the simulator has no secure vault: write "[value]" and start with -DencryptSecrets`,
      );
    }
    if (systemProperties.encryptSecrets !== 'true') {
      throw new ConfigurationError(`Secret references can't be plain text for ${alias}`);
    }
  }
};

/** Puts checked secrets in. The product does this at run time, so it comes after everything else has been resolved. */
export const revealSecrets = (keys: Keys): Keys => {
  const plain = (alias: string): string => PLAIN.exec(secretOf(keys, alias) ?? '')?.[1] ?? '';
  const reveal = (value: Value): Value => {
    if (typeof value === 'string') return replaceIn(value, 'secret', plain);
    if (isList(value)) return value.map(reveal);
    return isTable(value) ? revealAll(value) : value;
  };
  const revealAll = (table: Keys): Keys => new Map(Array.from(table, ([key, value]) => [key, reveal(value)] as const));
  return revealAll(keys);
};

const secretOf = (keys: Keys, alias: string): string | undefined => {
  const secret = keys.get(`secrets.${alias}`) ?? keys.get(`secrets.'${alias}'`);
  return typeof secret === 'string' ? secret : undefined;
};

const aliasesIn = (value: Value): readonly string[] => {
  if (typeof value === 'string') return namesIn(value, 'secret');
  if (isList(value)) return value.flatMap(aliasesIn);
  return isTable(value) ? [...value.values()].flatMap(aliasesIn) : [];
};
