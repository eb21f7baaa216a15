import { isUnlimited, type ThrottledRequest, type ThrottledResource } from './throttled-request.ts';

/** Keys that requests are counted and looked up by (wire.md 5.3). */
export const applicationKey = ({ application, user }: ThrottledRequest): string => `${application.id}:${user}`;

export const apiKey = ({ apiContext, apiVersion }: ThrottledRequest): string => `${apiContext}:${apiVersion}`;

export const subscriptionKey = (request: ThrottledRequest): string => {
  const { application, subscription } = request;
  const product = subscription.product;
  return product ? `${application.id}:${product.name}:${product.provider}` : `${application.id}:${apiKey(request)}`;
};

/** What one resource is counted by: a policy of the whole API takes the place of the resource's own. */
export const resourceKey = (request: ThrottledRequest, resource: ThrottledResource): string =>
  isUnlimited(request.apiTier)
    ? `${request.apiContext}/${request.apiVersion}${resource.uriTemplate}:${resource.verb}`
    : apiKey(request);

export const resourceTier = (request: ThrottledRequest, resource: ThrottledResource): string =>
  isUnlimited(request.apiTier) ? resource.tier : (request.apiTier ?? '');
