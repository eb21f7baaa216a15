import { ROLE_FACTS, ROLES } from '../product/roles.ts';
import { VERSIONS } from '../product/versions.ts';
import type { Path } from './finding.ts';
import { knownKeys } from './known-keys.ts';
import { type Spelling, suggest } from './suggest.ts';

const KEYS = [...knownKeys().keys()];

/** The known key that an unknown one in the map at a path most likely was meant to be. */
export const meantKey = (path: Path, key: string): string | undefined =>
  keysOfOtherPlaces(path, key).length > 0 ? undefined : suggest(key, keysAt(path).map(asItself));

/** Keys of the map at a path. */
export const keysAt = (path: Path): readonly string[] =>
  KEYS.filter((each) => parentOf(each) === placeOf(path)).map(lastOf);

/** Places, other than the map at a path, that do have this key: `nodes[]`; empty for the top of the file. */
export const keysOfOtherPlaces = (path: Path, key: string): readonly string[] =>
  KEYS.filter((each) => lastOf(each) === key && parentOf(each) !== placeOf(path)).map(parentOf);

/** The value, of those possible at a path, that another was most likely meant to be. */
export const meantValue = (path: Path, value: unknown, possible: readonly unknown[]): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const values = possible.map(String);
  return suggest(String(value), [
    ...values.map(asItself),
    ...otherWords(path).filter(([, meaning]) => values.includes(meaning)),
  ]);
};

/** Words people use for roles and versions: `km`, `api-store`, `3.2`. */
const otherWords = (path: Path): readonly Spelling[] => {
  if (path.at(-1) === 'version') return VERSIONS.map((version) => [version.replace(/\.0$/, ''), version]);
  if (path.at(-1) !== 'role') return [];
  return ROLES.flatMap((role) => {
    const { title, abbreviation, frontLabels, profile, serverRole } = ROLE_FACTS[role];
    const words = [
      title,
      abbreviation,
      frontLabels.traffic ?? frontLabels.servlet,
      profile ?? role,
      ...VERSIONS.map(serverRole),
    ];
    return words.map((word): Spelling => [word, role]);
  });
};

const asItself = (word: string): Spelling => [word, word];

/** `nodes[].expose`, as keys are listed. */
const placeOf = (path: Path): string =>
  path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[]` : place === '' ? key : `${place}.${key}`),
    '',
  );

const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf('.')));

const lastOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1);
