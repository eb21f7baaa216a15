import type { Placed } from './finding.ts';

/** A problem of the notation, not of what it says. */
export const syntax = (offset: number, sentence: string, hint?: string): Placed => ({
  code: 'TOPOLOGY_SYNTAX',
  offset,
  sentence,
  ...(hint !== undefined && { hint }),
});
