import type { Version } from '../../../../lab/product/versions.ts';
import type { ScopeRoles } from './scopes.ts';

type Roles = readonly string[];

const ADMIN: Roles = ['admin'];
const CREATOR: Roles = ['admin', 'Internal/creator'];
const PUBLISHER: Roles = ['admin', 'Internal/publisher'];
const CREATOR_PUBLISHER: Roles = ['admin', 'Internal/creator', 'Internal/publisher'];
const SUBSCRIBER: Roles = ['admin', 'Internal/subscriber'];
const SUBSCRIBER_DEVOPS: Roles = [...SUBSCRIBER, 'Internal/devops'];
const DEVOPS: Roles = ['admin', 'Internal/devops'];

/** `RESTAPIScopes` of the tenant configuration (`tenant-conf.json`, wire.md 1.5) that all three versions have. */
const COMMON: Readonly<Record<string, Roles>> = {
  'apim:api_view': CREATOR_PUBLISHER,
  'apim:api_create': CREATOR,
  'apim:api_delete': CREATOR,
  'apim:api_publish': PUBLISHER,
  'apim:subscribe': SUBSCRIBER,
  'apim:app_manage': SUBSCRIBER,
  'apim:app_update': SUBSCRIBER,
  'apim:sub_manage': SUBSCRIBER,
  'apim:api_key': SUBSCRIBER,
  'apim:store_settings': SUBSCRIBER,
  'apim:mediation_policy_view': CREATOR,
  'apim:mediation_policy_create': CREATOR,
  'apim:mediation_policy_manage': CREATOR,
  'apim:client_certificates_view': CREATOR,
  'apim:client_certificates_add': CREATOR,
  'apim:client_certificates_update': CREATOR,
  'apim:ep_certificates_view': CREATOR,
  'apim:ep_certificates_add': CREATOR,
  'apim:ep_certificates_update': CREATOR,
  'apim:subscription_view': CREATOR_PUBLISHER,
  'apim:tier_view': CREATOR_PUBLISHER,
  'apim:document_create': CREATOR_PUBLISHER,
  'apim:document_manage': CREATOR_PUBLISHER,
  'apim:publisher_settings': CREATOR_PUBLISHER,
  'apim:subscription_block': PUBLISHER,
  'apim:monetization_usage_publish': PUBLISHER,
  'apim:tier_manage': ADMIN,
  'apim:bl_view': ADMIN,
  'apim:bl_manage': ADMIN,
  'apim:api_workflow': ADMIN,
  'apim:label_manage': ADMIN,
  'apim:app_owner_change': ADMIN,
  'apim:label_read': ADMIN,
  'apim:tenantInfo': ADMIN,
  'apim:app_import_export': ADMIN,
  'apim:api_import_export': ADMIN,
};

/** What 3.1.0 adds. */
const ADDED_IN_31: Readonly<Record<string, Roles>> = { 'apim:admin_operations': ADMIN };

/** What 3.2.0 adds, and where its new role `Internal/devops` comes in. */
const ADDED_IN_32: Readonly<Record<string, Roles>> = {
  'apim:admin': ADMIN,
  'apim:admin_settings': ADMIN,
  'apim:scope_manage': ADMIN,
  'apim:shared_scope_manage': ADMIN,
  'apim:api_workflow_view': ADMIN,
  'apim:api_workflow_approve': ADMIN,
  'apim:api_import_export': DEVOPS,
  'apim:api_product_import_export': DEVOPS,
  'apim:app_import_export': DEVOPS,
  'apim:subscribe': SUBSCRIBER_DEVOPS,
  'apim:app_manage': SUBSCRIBER_DEVOPS,
  'apim:sub_manage': SUBSCRIBER_DEVOPS,
};

const rolesOf = (...tables: readonly Readonly<Record<string, Roles>>[]): ScopeRoles =>
  new Map(tables.flatMap((table) => Object.entries(table).map(([scope, roles]) => [scope, new Set(roles)] as const)));

/** Roles of which one is needed for a scope of the product's own REST APIs. */
export const REST_API_SCOPES: Readonly<Record<Version, ScopeRoles>> = {
  '3.0.0': rolesOf(COMMON),
  '3.1.0': rolesOf(COMMON, ADDED_IN_31),
  '3.2.0': rolesOf(COMMON, ADDED_IN_31, ADDED_IN_32),
};
