import { EMPTY_INFO, type ValidationInfo } from '../key-validation/validation-info.ts';

/** The caller of a resource that asks for no credentials (wire.md 3.7). */
export const anonymous = (clientIp: string): ValidationInfo => ({
  ...EMPTY_INFO,
  authorized: true,
  applicationId: clientIp,
  applicationTier: 'Unauthenticated',
  tier: 'Unauthenticated',
  endUserName: 'anonymous',
  type: 'PRODUCTION',
});
