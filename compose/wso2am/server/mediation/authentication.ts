import type { VerifiedJwt } from '../key-validation/in-process/verify-jwt.ts';
import type { KeyValidator } from '../key-validation/key-validator.ts';
import type { RemoteUsers } from '../key-validation/remote-users.ts';
import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import type { JwtClaims } from '../keymanager/issuers/sign-jwt.ts';
import type { SubscriptionData } from '../subscription-data/subscription-data.ts';
import type { GatewayCaches } from './caches/gateway-caches.ts';
import type { OpenApiDefinition } from './open-api-definition.ts';
import type { SecurityFault } from './security-fault.ts';

/** What a gateway of 3.2.0 judges JWTs by: their claims hold no subscriptions, its memory does (wire.md 2.3). */
export type InMemoryValidation = {
  readonly data: SubscriptionData;
  /** @throws KeyManagerError where the keys of a Key Manager cannot be had */
  readonly verify: (token: string) => Promise<VerifiedJwt>;
};

/** What a gateway knows callers by. */
export type Authentication = {
  readonly keyValidator: KeyValidator;
  /** Undefined where JWTs say themselves what they open: 3.0.0 and 3.1.0. */
  readonly inMemory: InMemoryValidation | undefined;
  readonly remoteUsers: RemoteUsers;
  readonly caches: GatewayCaches;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds a token outlives its validity. */
  readonly clockSkewMs: number;
  /** Claims of a JWT that this deployment's key signed. */
  readonly verifiedClaims: (token: string) => JwtClaims | undefined;
  /** Whether a JWT with this signature was revoked (wire.md 4.3). */
  readonly isRevoked: (signature: string) => boolean;
  /** The OpenAPI definition of an API, by its UUID. */
  readonly definitionOf: (uuid: string) => OpenApiDefinition | undefined;
  /** Name of the header with the token (`apim.oauth_config.auth_header`). */
  readonly headerName: string;
};

/** Who calls and what: what throttling decides by (wire.md 5.3). */
export type Admitted = { readonly caller: ValidationInfo; readonly resourceInfo: UriTemplateInfo };

export type Authenticated =
  | (Admitted & { readonly kind: 'admitted' })
  | { readonly kind: 'refused'; readonly fault: SecurityFault }
  | { readonly kind: 'not-simulated'; readonly what: string };

export const refused = (fault: SecurityFault): Authenticated => ({ kind: 'refused', fault });
