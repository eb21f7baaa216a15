/** Scopes of the Portal's REST API (wire.md 7.2). */
export const MANAGE_APPLICATIONS: readonly string[] = ['apim:app_manage', 'apim:subscribe'];
export const MANAGE_API_KEYS: readonly string[] = [...MANAGE_APPLICATIONS, 'apim:api_key'];
export const MANAGE_SUBSCRIPTIONS: readonly string[] = ['apim:sub_manage', 'apim:subscribe'];
/** What visitors may do, a user needs no more for than any of these. */
export const BROWSE: readonly string[] = [
  'apim:subscribe',
  'apim:app_manage',
  'apim:sub_manage',
  'apim:store_settings',
  'apim:api_view',
];
