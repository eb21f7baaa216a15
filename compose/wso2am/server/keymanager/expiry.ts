/** How long something is valid: from when, and for how many milliseconds; a negative number is for ever. */
export type Lifetime = { readonly issuedAt: number; readonly validity: number };

/** What is valid for less than this counts as expired (identity-inbound-auth-oauth v6.2.25, OAuth2Util). Milliseconds. */
const LEAST_VALIDITY = 1000;

/** `expires_in` of what never expires: Java's greatest long in seconds, as near as a JSON number of JavaScript comes. */
const NEVER_SECONDS = Math.floor(Number(0x7fff_ffff_ffff_ffffn) / 1000);

/**
 * Milliseconds left at `now`: 0 once expired, Infinity for what never expires.
 * @param skew milliseconds that are added, against clocks that differ
 */
export const remaining = ({ issuedAt, validity }: Lifetime, now: number, skew: number): number => {
  if (validity < 0) return Number.POSITIVE_INFINITY;
  const left = issuedAt + validity - (now - skew);
  return left > LEAST_VALIDITY ? left : 0;
};

export const isExpired = (lifetime: Lifetime, now: number, skew: number): boolean =>
  remaining(lifetime, now, skew) === 0;

/** `expires_in` of a token response for the time left in milliseconds. */
export const expiresIn = (left: number): number => (Number.isFinite(left) ? wholeSeconds(left) : NEVER_SECONDS);

/** Epoch seconds, as claims have them. */
export const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
