import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { type Call, json } from '../carbon/web.ts';
import { RestError } from '../rest-api/rest-error.ts';
import type { DataRoute } from '../throttle-data/data-endpoints.ts';

/** Whose data is asked for: `xWSO2Tenant`, or the tenant of the caller, which is the only one there is. */
export const isOfSuperTenant = ({ headers }: Call): boolean =>
  (headers.xwso2tenant ?? SUPER_TENANT_DOMAIN) === SUPER_TENANT_DOMAIN;

/**
 * A resource that lists all there is, or what query parameters single out (wire.md 2.3). The product has a field for pages and
 * never fills it (carbon-apimgt 6.7.206, SubscriptionValidationDataUtil). Other tenants have nothing.
 */
export const listRoute = (path: string, read: (query: URLSearchParams) => Promise<readonly object[]>): DataRoute => ({
  method: 'GET',
  path,
  handle: async (call) => {
    const list = isOfSuperTenant(call) ? await read(call.query) : [];
    return json(200, { count: list.length, list, pagination: null });
  },
});

/** A parameter as text; null when it is absent or empty. */
export const textParameter = (query: URLSearchParams, name: string): string | null => query.get(name) || null;

/** A parameter as whole number; null when it is absent. @throws RestError 404, as JAX-RS answers what is no number */
export const idParameter = (query: URLSearchParams, name: string): number | null => {
  const text = textParameter(query, name);
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RestError('notFound', `${name} is no id`);
};
