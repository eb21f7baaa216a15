import type { SubscriptionData } from '../../subscription-data/subscription-data.ts';
import type { KeyManagerAddress, KeyValidator } from '../key-validator.ts';
import { plainVersion } from '../plain-version.ts';
import { type KeyCaching, throughKeyCache } from '../through-key-cache.ts';
import { EMPTY_INFO, VALIDATION_STATUS, type ValidationInfo } from '../validation-info.ts';
import { introspectToken } from './introspect-token.ts';
import { residentKeyManager } from './key-managers.ts';
import { isInScope, uriTemplatesOf } from './resource-in-memory.ts';
import { subscriptionInfo } from './subscription-info.ts';

const refused = (validationStatus: number): ValidationInfo => ({ ...EMPTY_INFO, validationStatus });

/**
 * How a gateway of 3.2.0 validates opaque tokens: the Key Manager only introspects them, all else is in memory (wire.md 2.3); the
 * cache that Key Managers had before is the gateway's now.
 */
export const inProcessKeyValidator = (
  data: SubscriptionData,
  keyManager: KeyManagerAddress,
  caching: KeyCaching,
): KeyValidator => {
  const findOut: KeyValidator['validateKey'] = async (question, activityId) => {
    const resident = residentKeyManager(data.store);
    if (!resident.enabled) return refused(VALIDATION_STATUS.keyManagerNotAvailable);
    const token = await introspectToken(keyManager, question.accessToken, activityId);
    if (!token) return refused(VALIDATION_STATUS.invalidCredentials);

    const { context } = question;
    const version = plainVersion(question.version);
    const client = { consumerKey: token.consumerKey, keyManager: resident.name };
    const found = await subscriptionInfo(data, { ...client, context, version });
    const now = caching.clock();
    const validityPeriod = token.expiresAt === undefined ? Number.POSITIVE_INFINITY : token.expiresAt - now;
    // A refusal, too, is kept no longer than the token lives.
    const info = { ...found, issuedTime: now, validityPeriod };
    if (!info.authorized) return info;

    const resource = { template: question.matchingResource, verb: question.httpVerb };
    const inScope = isInScope(await data.api(context, version), resource, token.scopes);
    return {
      ...info,
      endUserName: token.user,
      scopes: token.scopes,
      ...(!inScope && { authorized: false, validationStatus: VALIDATION_STATUS.scopeMissing }),
    };
  };
  const validateKey: KeyValidator['validateKey'] = (question, activityId) =>
    throughKeyCache(caching, question, () => findOut(question, activityId));
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
