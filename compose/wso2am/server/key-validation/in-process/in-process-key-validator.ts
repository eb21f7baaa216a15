import type { SubscriptionData } from '../../subscription-data/subscription-data.ts';
import type { KeyManagerAddress, KeyValidator } from '../key-validator.ts';
import { plainVersion } from '../plain-version.ts';
import { EMPTY_INFO, VALIDATION_STATUS, type ValidationInfo } from '../validation-info.ts';
import { introspectToken } from './introspect-token.ts';
import { residentKeyManager } from './key-managers.ts';
import { isInScope, uriTemplatesOf } from './resource-in-memory.ts';
import { subscriptionInfo } from './subscription-info.ts';

const refused = (validationStatus: number): ValidationInfo => ({ ...EMPTY_INFO, validationStatus });

/**
 * How a gateway of 3.2.0 validates opaque tokens: the Key Manager only introspects them, all else is in memory (wire.md 2.3).
 * @param clock epoch milliseconds
 */
export const inProcessKeyValidator = (
  data: SubscriptionData,
  keyManager: KeyManagerAddress,
  clock: () => number,
): KeyValidator => {
  const validateKey: KeyValidator['validateKey'] = async (question, activityId) => {
    if (!residentKeyManager(data.store).enabled) return refused(VALIDATION_STATUS.keyManagerNotAvailable);
    const token = await introspectToken(keyManager, question.accessToken, activityId);
    if (!token) return refused(VALIDATION_STATUS.invalidCredentials);

    const { context } = question;
    const version = plainVersion(question.version);
    const info = await subscriptionInfo(data, { consumerKey: token.consumerKey, context, version });
    if (!info.authorized) return info;

    const now = clock();
    const resource = { template: question.matchingResource, verb: question.httpVerb };
    const inScope = isInScope(await data.api(context, version), resource, token.scopes);
    return {
      ...info,
      endUserName: token.user,
      issuedTime: now,
      scopes: token.scopes,
      validityPeriod: token.expiresAt === undefined ? Number.POSITIVE_INFINITY : token.expiresAt - now,
      ...(!inScope && { authorized: false, validationStatus: VALIDATION_STATUS.scopeMissing }),
    };
  };
  return {
    validateKey,
    // A connection has no resource, and so no scopes.
    validateHandshake: (question, activityId) =>
      validateKey({ ...question, requiredAuthenticationLevel: 'Any', matchingResource: '', httpVerb: '' }, activityId),
    uriTemplates: async (context, version) => {
      const api = await data.api(context, version);
      return api ? uriTemplatesOf(api, data.store) : [];
    },
  };
};
