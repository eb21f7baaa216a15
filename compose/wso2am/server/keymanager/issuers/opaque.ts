import { randomUUID } from 'node:crypto';
import type { Issuer } from './issuer.ts';

/** Tokens that say nothing: UUIDs (wire.md 1.4). */
export const opaqueIssuer: Issuer = {
  renewsEachTime: false,
  mint: () => {
    const value = randomUUID();
    return { value, stored: value };
  },
};
