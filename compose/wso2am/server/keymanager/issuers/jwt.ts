import { randomUUID } from 'node:crypto';
import type { Version } from '../../../../../lab/product/versions.ts';
import type { KeyManagerContext } from '../context.ts';
import { wholeSeconds } from '../expiry.ts';
import { qualifiedName } from '../qualified-name.ts';
import { type Application, type Subscription, subscriptionsOf } from '../stores/applications.ts';
import type { Issuer, TokenFacts } from './issuer.ts';
import { type JwtClaims, type JwtHeader, type Signer, signJwt } from './sign-jwt.ts';
import { subscriptionClaims } from './subscription-claims.ts';

/** A JWT that never expires ends after this many seconds: Java's greatest int (carbon-apimgt 6.5.349, APIMTokenIssuer). */
const NEVER_SECONDS = 2 ** 31 - 1;

/** What versions say in a JWT. */
type Dialect = {
  readonly header: (signer: Signer) => JwtHeader;
  readonly claims: (facts: TokenFacts, surroundings: Surroundings) => JwtClaims;
};

type Surroundings = {
  readonly application: Application | undefined;
  readonly subscriptions: readonly Subscription[];
};

/**
 * 3.0.0 and 3.1.0: API Manager's own issuer, whose tokens carry what the gateway decides by, the subscriptions at the time of
 * issue included. The header names no key: the gateway takes the certificate of its trust store.
 */
const API_MANAGER: Dialect = {
  header: ({ thumbprint }) => ({ typ: 'JWT', x5t: thumbprint }),
  claims: ({ client }, { application, subscriptions }) => ({
    aud: 'http://org.wso2.apimgt/gateway',
    ...subscriptionClaims(subscriptions),
    ...(application && {
      application: {
        id: application.id,
        name: application.name,
        tier: application.tier,
        owner: application.owner,
      },
    }),
    keytype: application?.keyType ?? 'PRODUCTION',
    consumerKey: client.consumerKey,
    backendJwt: '',
  }),
};

/** 3.2.0: the identity server's issuer; gateways know the subscriptions from elsewhere (wire.md 2.3). */
const IDENTITY_SERVER: Dialect = {
  header: ({ thumbprint, keyId }) => ({ x5t: thumbprint, kid: keyId }),
  claims: ({ client, access }) => ({
    aud: client.consumerKey,
    azp: client.consumerKey,
    nbf: wholeSeconds(access.issuedAt),
  }),
};

const DIALECT: Readonly<Record<Version, Dialect>> = {
  '3.0.0': API_MANAGER,
  '3.1.0': API_MANAGER,
  '3.2.0': IDENTITY_SERVER,
};

/** Tokens that say for whom they are and what they open (wire.md 1.4). */
export const jwtIssuer = async (context: KeyManagerContext, application: Application | undefined): Promise<Issuer> => {
  const { version, signer, settings, database } = context;
  const subscriptions = application === undefined ? [] : await subscriptionsOf(database, application.id);
  const { header, claims } = DIALECT[version];
  return {
    renewsEachTime: true,
    mint: (facts) => {
      const jti = randomUUID();
      const value = signJwt(signer, header(signer), {
        sub: qualifiedName(facts.user),
        jti,
        iss: settings.issuer,
        iat: wholeSeconds(facts.access.issuedAt),
        exp: expiryOf(facts),
        scope: facts.scopes.join(' '),
        ...claims(facts, { application, subscriptions }),
      });
      return { value, stored: jti };
    },
  };
};

const expiryOf = ({ access }: TokenFacts): number =>
  wholeSeconds(access.issuedAt) + (access.validity < 0 ? NEVER_SECONDS : wholeSeconds(access.validity));
