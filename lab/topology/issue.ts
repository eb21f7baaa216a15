import type { z } from 'zod';
import type { Path } from './finding.ts';

/** What the schema says is wrong. */
export type Issue = z.core.$ZodIssue;

/** Place of an issue; YAML has no other keys than text and list indexes. */
export const pathOf = ({ path }: Issue): Path => path.map((key) => (typeof key === 'number' ? key : String(key)));

/** What the unknown keys of one map were meant to be takes time to find; nobody has that many. */
const MAX_KEYS = 500;

/** The keys that an issue calls unknown; none when it is about something else. */
export const unknownKeysOf = (issue: Issue): readonly string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.slice(0, MAX_KEYS) : [];
