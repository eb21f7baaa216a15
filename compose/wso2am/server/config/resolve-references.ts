import { ConfigurationError } from './configuration-error.ts';
import { namesIn, replaceIn } from './placeholders.ts';
import { isList, isTable, type Keys, type Value } from './values.ts';

/**
 * Resolves `$ref{a.b}` against the merged keys (configuration.md 4.3), chains included, in whatever order they stand.
 * In texts and lists of texts only, as with variables. Throws for a key that does not exist, and for a cycle with the
 * names of all keys that hang on it.
 */
export const resolveReferences = (keys: Keys): Keys => {
  const references = new Map<string, ReadonlySet<string>>();
  for (const [key, value] of keys) {
    const names = referencesIn(value);
    for (const name of names) {
      if (!keys.has(name)) throw new ConfigurationError(`Configuration with key ${name} doesn't exist`);
    }
    if (names.size > 0) references.set(key, names);
  }

  const resolved = new Map(keys);
  const order = dependenciesFirst(references);
  for (const [key, names] of order) resolved.set(key, substitute(resolved.get(key) ?? '', names, resolved));

  const stuck = [...references.keys()].filter((key) => !order.has(key));
  if (stuck.length > 0) throw new ConfigurationError(`References can't be resolved for ${stuck.join(',')}`);
  return resolved;
};

type References = ReadonlyMap<string, ReadonlySet<string>>;

/** Keys so that each comes after those it refers to. A key on a cycle, or one that refers to such a key, is left out. */
const dependenciesFirst = (references: References): References => {
  const dependents = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [key, names] of references) {
    const waitsFor = [...names].filter((name) => references.has(name));
    open.set(key, waitsFor.length);
    for (const name of waitsFor) {
      const others = dependents.get(name);
      if (others === undefined) dependents.set(name, [key]);
      else others.push(key);
    }
  }

  const ready = [...references.keys()].filter((key) => open.get(key) === 0);
  for (const key of ready) {
    for (const dependent of dependents.get(key) ?? []) {
      const left = (open.get(dependent) ?? 0) - 1;
      open.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return new Map(ready.map((key) => [key, references.get(key) ?? new Set<string>()]));
};

const referencesIn = (value: Value): ReadonlySet<string> => {
  const texts = isList(value) ? value : [value];
  return new Set(texts.flatMap((text) => (typeof text === 'string' ? namesIn(text, 'ref') : [])));
};

/** A list or a flag takes the place of the whole value, whatever stands around the reference; the rest is text in text. */
const substitute = (value: Value, names: ReadonlySet<string>, keys: Keys): Value => {
  for (const name of names) {
    const target = keys.get(name);
    if (isList(target) || isTable(target) || typeof target === 'boolean') return target;
  }
  const inText = (text: Value): Value =>
    typeof text === 'string' ? replaceIn(text, 'ref', (name) => String(keys.get(name))) : text;
  return isList(value) ? value.map(inText) : inText(value);
};
