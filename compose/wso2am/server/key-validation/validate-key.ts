import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { Statements } from '../database/database.ts';
import { remaining } from '../keymanager/expiry.ts';
import { plainVersion } from './plain-version.ts';
import { findResourceScopes } from './resource-rows.ts';
import type { KeyQuestion } from './soap-messages.ts';
import { findSubscription, type SubscriptionRow } from './subscription-row.ts';
import { subscriptionStatus } from './subscription-status.ts';
import { findToken, type TokenRow } from './token-row.ts';
import { EMPTY_INFO, THROTTLING_DATA, VALIDATION_STATUS, type ValidationInfo } from './validation-info.ts';

export type KeyValidation = {
  readonly database: Statements;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds a token outlives its validity. */
  readonly clockSkewMs: number;
};

/** Resource levels that want a certain kind of token; `Any` takes both. */
const TOKEN_OF_LEVEL: Readonly<Record<string, string>> = {
  Application: 'APPLICATION',
  Application_User: 'APPLICATION_USER',
};

/** Whether a token opens a resource, found out in the product's order: token, its kind, subscription, scopes (wire.md 2.1). */
export const validateKey = async (validation: KeyValidation, question: KeyQuestion): Promise<ValidationInfo> => {
  const { database, clock, clockSkewMs } = validation;
  const now = clock();
  const token = await findToken(database, question.accessToken);
  const left = token ? remaining(token.lifetime, now, clockSkewMs) : 0;
  if (!token?.active || left === 0) return refused(VALIDATION_STATUS.invalidCredentials);

  const wanted = TOKEN_OF_LEVEL[question.requiredAuthenticationLevel];
  // From here on a refusal lives as long as the token at most: a gateway keeps it no longer than that.
  const refusal = (status: number): ValidationInfo => ({ ...refused(status), issuedTime: now, validityPeriod: left });
  if (wanted !== undefined && wanted !== token.userType) return refusal(VALIDATION_STATUS.wrongTokenType);

  const version = plainVersion(question.version);
  const subscription = await findSubscription(database, token.consumerKey, question.context, version);
  if (!subscription) return refusal(VALIDATION_STATUS.noSubscription);
  const status = subscriptionStatus(subscription.status, subscription.keyType);
  if (status !== VALIDATION_STATUS.ok) return refusal(status);
  // An opaque token of an application that takes JWTs is refused without a reason (wire.md 1.4).
  if (subscription.tokenType === 'JWT') return refusal(VALIDATION_STATUS.ok);

  const scopes = await findResourceScopes(database, {
    context: question.context,
    version,
    template: question.matchingResource,
    verb: question.httpVerb,
  });
  const inScope = scopes.length === 0 || scopes.some((scope) => token.scopes.includes(scope));
  const info = infoOf(token, subscription, now, left);
  return inScope ? info : { ...info, authorized: false, validationStatus: VALIDATION_STATUS.scopeMissing };
};

const refused = (validationStatus: number): ValidationInfo => ({ ...EMPTY_INFO, validationStatus });

const infoOf = (token: TokenRow, subscription: SubscriptionRow, now: number, left: number): ValidationInfo => ({
  apiName: subscription.apiName,
  apiPublisher: subscription.apiProvider,
  apiTier: subscription.apiTier,
  applicationId: String(subscription.applicationId),
  applicationName: subscription.applicationName,
  applicationTier: subscription.applicationTier,
  authorized: true,
  consumerKey: token.consumerKey,
  contentAware: subscription.contentAware,
  endUserName: `${token.user}@${SUPER_TENANT_DOMAIN}`,
  endUserToken: '',
  issuedTime: now,
  scopes: token.scopes,
  spikeArrestLimit: subscription.spikeArrestLimit,
  spikeArrestUnit: subscription.spikeArrestUnit,
  stopOnQuotaReach: subscription.stopOnQuotaReach,
  subscriber: subscription.subscriber,
  subscriberTenantDomain: SUPER_TENANT_DOMAIN,
  throttlingDataList: THROTTLING_DATA,
  tier: subscription.tier,
  type: subscription.keyType,
  userType: token.userType,
  validationStatus: VALIDATION_STATUS.ok,
  validityPeriod: left,
});
