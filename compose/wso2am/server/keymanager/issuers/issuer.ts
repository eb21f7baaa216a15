import type { KeyManagerContext } from '../context.ts';
import type { Lifetime } from '../expiry.ts';
import { findApplication } from '../stores/applications.ts';
import type { UserType } from '../stores/change-tokens.ts';
import type { OAuthClient } from '../stores/clients.ts';
import { jwtIssuer } from './jwt.ts';
import { opaqueIssuer } from './opaque.ts';

/** What a token says, or stands for. */
export type TokenFacts = {
  readonly client: OAuthClient;
  /** Without tenant. */
  readonly user: string;
  readonly userType: UserType;
  readonly scopes: readonly string[];
  readonly access: Lifetime;
};

export type MintedToken = {
  /** What the client gets. */
  readonly value: string;
  /** What is stored of it: an opaque token itself, of a JWT its `jti`. */
  readonly stored: string;
};

export type Issuer = {
  /** Whether each request gets a token of its own, or the one that is still valid (wire.md 1.3). */
  readonly renewsEachTime: boolean;
  mint(facts: TokenFacts): MintedToken;
};

/** JWTs for a client whose application, or which itself, was made for JWTs; else opaque tokens (wire.md 1.4). */
export const issuerOf = async (context: KeyManagerContext, client: OAuthClient): Promise<Issuer> => {
  const application = await findApplication(context.database, client.consumerKey);
  const isForJwts = application?.tokenType === 'JWT' || client.tokenType === 'JWT';
  return isForJwts ? jwtIssuer(context, application) : opaqueIssuer;
};
