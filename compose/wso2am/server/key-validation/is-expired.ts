import type { ValidationInfo } from './validation-info.ts';

/**
 * Whether a finding that was kept has run out with its token; refusals other than 900901 have the validity of their token, too.
 * @param now epoch milliseconds, less the skew that clocks are granted
 */
export const isExpired = (
  { issuedTime, validityPeriod }: Pick<ValidationInfo, 'issuedTime' | 'validityPeriod'>,
  now: number,
): boolean => now > issuedTime + validityPeriod;
