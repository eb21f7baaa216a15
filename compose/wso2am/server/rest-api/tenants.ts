import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { Answer, Call } from '../carbon/web.ts';
import { json } from '../carbon/web.ts';
import { paged, pageOf } from './paging.ts';
import { RestError } from './rest-error.ts';

/** Tenants that somebody made. There are none: the super tenant alone is there from the beginning, and is not among them. */
export const tenantList = ({ query }: Call): Answer => {
  const state = query.get('state') ?? 'active';
  if (!['active', 'inactive'].includes(state)) {
    throw new RestError('badRequest', `state '${state}' should be active or inactive`);
  }
  return json(200, paged([], pageOf(query), '/tenants', { state }));
};

/** Whether there is a tenant of this domain. */
export const isTenant = (domain: string): boolean => domain === SUPER_TENANT_DOMAIN;
