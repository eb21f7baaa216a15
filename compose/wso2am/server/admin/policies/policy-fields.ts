import { z } from 'zod';

/** A text for a column of this length, in the character set of the tables. */
export const latin1 = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\x20-\x7e\xa0-\xff]*$/);

/** What policies of all levels have. A name becomes part of a plan's name and so of a file's. */
export const POLICY_FIELDS = {
  policyName: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[\w.-]+$/),
  displayName: latin1(512).nullish(),
  description: latin1(1024).nullish(),
};
