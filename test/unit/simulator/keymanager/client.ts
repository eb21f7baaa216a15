import type { OAuthClient } from '../../../../compose/wso2am/server/keymanager/stores/clients.ts';

/** A client as the database would give it, but for what a test changes. */
export const clientOf = (changes: Partial<OAuthClient>): OAuthClient => ({
  id: 1,
  consumerKey: 'key',
  consumerSecret: 'secret',
  owner: 'admin',
  name: 'admin_app',
  callbackUrl: 'https://app.lab/cb',
  grantTypes: ['authorization_code'],
  isActive: true,
  userTokenValidity: 3600,
  applicationTokenValidity: 3600,
  refreshTokenValidity: 86_400,
  idTokenValidity: 3600,
  requiresPkce: false,
  allowsPlainPkce: false,
  tokenType: 'DEFAULT',
  isSaas: false,
  ...changes,
});
