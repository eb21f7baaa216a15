import type { UriTemplateInfo } from '../../../../compose/wso2am/server/key-validation/uri-template-info.ts';
import { EMPTY_INFO, type ValidationInfo } from '../../../../compose/wso2am/server/key-validation/validation-info.ts';

/** What a Key Manager says of a good token; an hour is left of it. */
export const grantedInfo = (changes: Partial<ValidationInfo> = {}): ValidationInfo => ({
  ...EMPTY_INFO,
  apiName: 'PizzaShackAPI',
  apiPublisher: 'admin',
  applicationId: '7',
  applicationName: 'app1',
  applicationTier: 'Unlimited',
  authorized: true,
  endUserName: 'admin@carbon.super',
  issuedTime: 1_600_000_000_000,
  scopes: ['default'],
  throttlingDataList: ['api_level_throttling_key'],
  tier: 'Bronze',
  type: 'PRODUCTION',
  userType: 'APPLICATION',
  validityPeriod: 3_600_000,
  ...changes,
});

/** What it says of a token that opens nothing: refusals other than 900901 have the validity of the token. */
export const refusedInfo = (validationStatus: number): ValidationInfo => ({
  ...EMPTY_INFO,
  validationStatus,
  ...(validationStatus !== 900901 && { issuedTime: 1_600_000_000_000, validityPeriod: 3_600_000 }),
});

export const resourceInfo = (changes: Partial<UriTemplateInfo> = {}): UriTemplateInfo => ({
  httpVerb: 'GET',
  authType: 'Any',
  uriTemplate: '/menu',
  throttlingTier: 'Unlimited',
  throttlingConditions: ['_default'],
  applicableLevel: 'apiLevel',
  ...changes,
});
