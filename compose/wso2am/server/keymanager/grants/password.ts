import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { approveScopes, requestedScopes } from '../approve-scopes.ts';
import { issueToken } from '../issue-token.ts';
import { OAuthError } from '../oauth-error.ts';
import type { OAuthClient } from '../stores/clients.ts';
import type { Grant } from './grant.ts';

/** The client has a user's name and password. */
export const passwordGrant: Grant = {
  parameters: ['username', 'password'],
  handsOutRefreshToken: true,
  handsOutIdToken: true,
  issue: async (context, { client, form }) => {
    const requested = requestedScopes(form.get('scope'));
    const { name, domain } = tenantOf(form.get('username') ?? '');
    if (domain !== SUPER_TENANT_DOMAIN) throw strangerError(client, domain);
    const user = await context.users.authenticate(name, form.get('password') ?? '');
    if (!user) throw new OAuthError('wrongPassword', name);
    const token = await issueToken(context, {
      client,
      user: user.name,
      userType: 'APPLICATION_USER',
      grantType: 'password',
      scopes: await approveScopes(context, client, user.name, requested),
    });
    return { token, login: {} };
  },
};

/** As in the product, whatever follows the last `@` is a tenant. */
const tenantOf = (username: string): { readonly name: string; readonly domain: string } => {
  const at = username.lastIndexOf('@');
  return at === -1
    ? { name: username, domain: SUPER_TENANT_DOMAIN }
    : { name: username.slice(0, at), domain: username.slice(at + 1).toLowerCase() };
};

/** The simulator has the super tenant only: a user of another one cannot exist. */
const strangerError = (client: OAuthClient, domain: string): OAuthError =>
  new OAuthError(client.isSaas ? 'unknownTenant' : 'foreignTenant', domain);
