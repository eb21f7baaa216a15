import { requestCookie } from '../carbon/request-cookie.ts';
import type { User } from '../carbon/user-store.ts';
import type { Call } from '../carbon/web.ts';
import { isExpired } from '../keymanager/expiry.ts';
import { findPresentedToken } from '../keymanager/presented-token.ts';
import { REST_API_SCOPES } from '../keymanager/scope-roles.ts';
import { scopesOf } from '../keymanager/stores/tokens.ts';
import { ACCESS_TOKEN_PART_2 } from '../portals/token-cookies.ts';
import type { RestContext } from './rest-context.ts';

/** Who calls a REST API. */
export type RestCaller = {
  readonly user: User;
  /** Whether one of these scopes is the caller's: by the token, or with Basic by the user's roles (wire.md 1.5, 7.1). */
  hasAny(scopes: readonly string[]): boolean;
};

/** Whoever calls, by a valid Bearer token or Basic; undefined for anybody else. */
export const restCaller = async (context: RestContext, call: Call): Promise<RestCaller | undefined> => {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(call.headers.authorization ?? '')?.[1];
  if (bearer === undefined) return basicCaller(context, call);
  // The portals' pages have the first half only; the browser adds the other (wire.md 7.4).
  return bearerCaller(context, bearer + (requestCookie(call.headers, ACCESS_TOKEN_PART_2) ?? ''));
};

const basicCaller = async ({ authenticator, version }: RestContext, call: Call): Promise<RestCaller | undefined> => {
  const user = await authenticator.basic(call);
  if (!user) return undefined;
  const mayHave = (scope: string): boolean => {
    const roles = REST_API_SCOPES[version].get(scope);
    return roles !== undefined && user.roles.some((role) => roles.has(role));
  };
  return { user, hasAny: (scopes) => scopes.some(mayHave) };
};

const bearerCaller = async (context: RestContext, shown: string): Promise<RestCaller | undefined> => {
  const { keyManager, clock } = context;
  const presented = await findPresentedToken(keyManager, shown);
  if (presented?.token.state !== 'ACTIVE') return undefined;
  if (isExpired(presented.token.access, clock(), keyManager.settings.clockSkewMs)) return undefined;
  const user = await context.users.find(presented.token.user);
  if (!user) return undefined;
  const granted = new Set(await scopesOf(keyManager.database, presented.token.tokenId));
  return { user, hasAny: (scopes) => scopes.some((scope) => granted.has(scope)) };
};
