import type { KeyManagerContext } from '../context.ts';
import type { Form } from '../form.ts';
import type { IssuedToken } from '../issue-token.ts';
import type { Login } from '../stores/authorization-codes.ts';
import type { OAuthClient } from '../stores/clients.ts';

export type GrantRequest = { readonly client: OAuthClient; readonly form: Form };

export type Granted = {
  readonly token: IssuedToken;
  /** For the id_token. */
  readonly login: Login;
  /** Token that a refresh took out of use, as stored; for the header of wire.md 4.6. */
  readonly deactivated?: string;
};

/** How one `grant_type` turns a request of an authenticated client into a token. */
export type Grant = {
  /** Parameters that have to be there. */
  readonly parameters: readonly string[];
  /** Whether the client also gets the refresh token, provided that it may use one (wire.md 1.3). */
  readonly handsOutRefreshToken: boolean;
  /** Whether the scope `openid` brings an id_token. */
  readonly handsOutIdToken: boolean;
  /** @throws OAuthError when the grant is refused */
  issue(context: KeyManagerContext, request: GrantRequest): Promise<Granted>;
};
