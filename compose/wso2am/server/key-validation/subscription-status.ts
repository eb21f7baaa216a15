import { VALIDATION_STATUS } from './validation-info.ts';

/** What the state of a subscription means for calls with keys of a type (wire.md 2.1). */
export const subscriptionStatus = (state: string, keyType: string): number => {
  switch (state) {
    case 'BLOCKED':
      return VALIDATION_STATUS.blocked;
    case 'PROD_ONLY_BLOCKED':
      return keyType === 'SANDBOX' ? VALIDATION_STATUS.ok : VALIDATION_STATUS.blocked;
    case 'ON_HOLD':
    case 'REJECTED':
      return VALIDATION_STATUS.inactiveSubscription;
    default:
      return VALIDATION_STATUS.ok;
  }
};
