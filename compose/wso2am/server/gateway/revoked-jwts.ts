/** Signatures of JWTs that were revoked before they expired (wire.md 4.3). */
export type RevokedJwts = {
  /** @param expiryTime epoch milliseconds */
  add(signature: string, expiryTime: number): void;
  has(signature: string): boolean;
};

/** How many are kept before those that expired meanwhile are dropped. */
const SWEEP_AT = 10_000;

export const createRevokedJwts = (now: () => number = Date.now): RevokedJwts => {
  const expiries = new Map<string, number>();
  let sweepAt = SWEEP_AT;
  const sweep = (): void => {
    for (const [signature, expiry] of expiries) if (expiry < now()) expiries.delete(signature);
    // What is left is still needed; looking again at each further one would cost as much each time.
    sweepAt = Math.max(SWEEP_AT, expiries.size * 2);
  };
  return {
    add: (signature, expiryTime) => {
      expiries.set(signature, expiryTime);
      if (expiries.size >= sweepAt) sweep();
    },
    has: (signature) => (expiries.get(signature) ?? 0) >= now(),
  };
};

/** The signature of a JWT; undefined for an opaque token. */
export const signatureOf = (token: string): string | undefined => {
  const parts = token.split('.');
  return parts.length === 3 ? parts[2] : undefined;
};
