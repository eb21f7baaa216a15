import type { ApiEntity } from '../../subscription-data/entities.ts';
import type { SubscriptionStore } from '../../subscription-data/subscription-store.ts';
import type { UriTemplateInfo } from '../uri-template-info.ts';

/** The resources of an API as throttling and authentication want them, with the level of each one's policy. */
export const uriTemplatesOf = (api: ApiEntity, { apiPolicies }: SubscriptionStore): readonly UriTemplateInfo[] =>
  api.urlMappings.map(({ httpMethod, urlPattern, authScheme, throttlingPolicy }) => ({
    httpVerb: httpMethod,
    authType: authScheme || 'Any',
    uriTemplate: urlPattern,
    throttlingTier: throttlingPolicy || 'Unlimited',
    // Conditions come to gateways with the decisions themselves (wire.md 5.6).
    throttlingConditions: ['_default'],
    applicableLevel: apiPolicies.get(throttlingPolicy)?.applicableLevel || 'apiLevel',
  }));

/** Whether a token with these scopes opens a resource: one of the resource's scopes suffices, and none may be wanted. */
export const isInScope = (
  api: ApiEntity | undefined,
  resource: { readonly template: string; readonly verb: string },
  scopes: readonly string[],
): boolean => {
  const mapping = api?.urlMappings.find(
    ({ urlPattern, httpMethod }) => urlPattern === resource.template && httpMethod === resource.verb,
  );
  return !mapping || mapping.scopes.length === 0 || mapping.scopes.some((scope) => scopes.includes(scope));
};
