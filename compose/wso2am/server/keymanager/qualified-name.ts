import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';

/** `admin@carbon.super` of `admin`, as tokens and introspection name users. */
export const qualifiedName = (user: string): string => `${user}@${SUPER_TENANT_DOMAIN}`;
