import { ConfigurationError } from './configuration-error.ts';
import { namesIn, replaceIn } from './placeholders.ts';
import { isList, isTable, type Keys, type Value } from './values.ts';

/**
 * Resolves `$ref{a.b}` against the merged keys (configuration.md 4.3), chains included, in any order they come.
 * In texts and lists of texts only, as with variables. Throws for a key that does not exist, and for a cycle with the
 * names of all keys that hang on it.
 */
export const resolveReferences = (keys: Keys): Keys => {
  const resolved = new Map(keys);
  const waiting = new Map<string, ReadonlySet<string>>();
  for (const [key, value] of keys) {
    const wanted = referencesIn(value);
    for (const name of wanted) {
      if (!keys.has(name)) throw new ConfigurationError(`Configuration with key ${name} doesn't exist`);
    }
    if (wanted.size > 0) waiting.set(key, wanted);
  }

  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, wanted]) => ![...wanted].some((name) => waiting.has(name)));
    if (ready.length === 0) {
      throw new ConfigurationError(`References can't be resolved for ${[...waiting.keys()].join(',')}`);
    }
    for (const [key, wanted] of ready) {
      resolved.set(key, substitute(resolved.get(key) ?? '', wanted, resolved));
      waiting.delete(key);
    }
  }
  return resolved;
};

const referencesIn = (value: Value): ReadonlySet<string> => {
  const texts = isList(value) ? value : [value];
  return new Set(texts.flatMap((text) => (typeof text === 'string' ? namesIn(text, 'ref') : [])));
};

/** A list or a flag takes the place of the whole value, whatever stands around the reference; the rest is text in text. */
const substitute = (value: Value, wanted: ReadonlySet<string>, keys: Keys): Value => {
  for (const name of wanted) {
    const target = keys.get(name);
    if (isList(target) || isTable(target) || typeof target === 'boolean') return target;
  }
  const inText = (text: Value): Value =>
    typeof text === 'string' ? replaceIn(text, 'ref', (name) => String(keys.get(name))) : text;
  return isList(value) ? value.map(inText) : inText(value);
};
