import type { Finding, Path } from './finding.ts';
import { type Issue, pathOf, unknownKeysOf } from './issue.ts';
import { keysAt, keysOfOtherPlaces, meantKey, meantValue } from './meant.ts';

/** An issue of the schema in plain words: one finding, or one per unknown key. */
export const findingsOf = (issue: Issue): readonly Finding[] => {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') return unknownKeysOf(issue).map((key) => unknownKey(path, key));
  const hint = hintFor(issue, path);
  return [{ code: 'TOPOLOGY_INVALID', path, sentence: sentenceFor(issue, path), ...(hint !== undefined && { hint }) }];
};

/** The finding for a key that the map at a path does not take. */
export const unknownKey = (path: Path, key: string): Finding => ({
  code: 'TOPOLOGY_INVALID',
  path: [...path, key],
  part: 'key',
  sentence: `unknown key "${shorten(key)}"${path.length === 0 ? '' : ` in ${nameOf(path)}`}`,
  hint: hintForKey(path, key),
});

const hintForKey = (path: Path, key: string): string => {
  const elsewhere = keysOfOtherPlaces(path, key);
  if (elsewhere.length > 0) return `"${key}" belongs to ${elsewhere.map(nameOfPlace).join(' or ')}`;
  const meant = meantKey(path, key);
  return meant === undefined ? `the keys here are ${keysAt(path).join(', ')}` : `did you mean "${meant}"?`;
};

const sentenceFor = ({ input, message }: Issue, path: Path): string => {
  const name = nameOf(path);
  if (path.length === 0 && input === null) return 'the file is empty';
  if (input === undefined) return `${name} is missing`;
  if (input === null) return `${name} has no value`;
  return path.at(-1) === 'password' ? `${name} ${message}` : `${name} is ${show(input)}; it ${message}`;
};

const hintFor = (issue: Issue, path: Path): string | undefined => {
  const { input } = issue;
  if (path.length === 0) return 'begin with "lab: NAME" and a list "nodes:"';
  if (input === null) return 'give it a value, or remove the line';
  if (issue.code === 'invalid_value') {
    const meant = meantValue(path, input, issue.values);
    return meant === undefined ? undefined : `did you mean "${meant}"?`;
  }
  if (issue.code !== 'invalid_type') return undefined;
  const isScalar = typeof input === 'number' || typeof input === 'boolean';
  if (issue.expected === 'string' && isScalar) return 'put it in quotes';
  if (issue.expected === 'object' && typeof path.at(-1) === 'number' && typeof input === 'string')
    return `write "- role: ${shorten(input)}"`;
  return undefined;
};

const nameOf = (path: Path): string => {
  const keys = path.filter((key) => typeof key === 'string').join('.');
  if (keys === '') return 'the file';
  return typeof path.at(-1) === 'number' ? `an entry of "${keys}"` : `"${keys}"`;
};

const nameOfPlace = (place: string): string => {
  if (place === '') return 'the top of the file';
  return place.endsWith('[]') ? `an entry of "${place.slice(0, -2)}"` : `"${place.replace('[]', '')}"`;
};

const show = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? JSON.stringify(shorten(value)) : String(value);
};

const shorten = (word: string): string => (word.length > 60 ? `${word.slice(0, 57)}...` : word);
