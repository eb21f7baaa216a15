import type { z } from 'zod';
import type { Path } from './finding.ts';

/** What the schema says is wrong. */
export type Issue = z.core.$ZodIssue;

/** Place of an issue; YAML has no other keys than text and list indexes. */
export const pathOf = ({ path }: Issue): Path => path.map((key) => (typeof key === 'number' ? key : String(key)));
