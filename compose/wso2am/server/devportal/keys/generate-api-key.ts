import { randomUUID } from 'node:crypto';
import type { User } from '../../carbon/user-store.ts';
import { wholeSeconds } from '../../keymanager/expiry.ts';
import { signJwt } from '../../keymanager/issuers/sign-jwt.ts';
import { subscriptionClaims } from '../../keymanager/issuers/subscription-claims.ts';
import { qualifiedName } from '../../keymanager/qualified-name.ts';
import { subscriptionsOf } from '../../keymanager/stores/applications.ts';
import type { DevportalContext } from '../context.ts';
import type { Application } from '../model/application.ts';
import type { KeyType } from '../model/keys.ts';

/** A key that would end later never ends: Java's greatest int, in seconds of the epoch (DefaultApiKeyGenerator). */
const LAST_EXPIRY = 2 ** 31 - 1;

export type AskedApiKey = {
  readonly keyType: KeyType;
  /** Seconds; negative for ever. */
  readonly validityPeriod: number;
  readonly restrictions: { readonly permittedIP?: string | undefined; readonly permittedReferer?: string | undefined };
};

/**
 * An API key: a JWT with the subscriptions of this moment, which no table keeps (carbon-apimgt 6.5.349, ApiKeyGenerator).
 * A later subscription takes another key.
 */
export const generateApiKey = async (
  { apim, configuration, keyManager: { signer, settings }, clock }: DevportalContext,
  application: Application,
  { name }: User,
  { keyType, validityPeriod, restrictions }: AskedApiKey,
): Promise<string> => {
  const now = wholeSeconds(clock());
  const expiry = now + validityPeriod;
  return signJwt(
    signer,
    // Gateways look for the certificate under this alias in their trust stores (configuration.md 5.8).
    { typ: 'JWT', x5t: signer.thumbprint, kid: configuration.text('apim.devportal.api_key_alias') },
    {
      sub: qualifiedName(name),
      jti: randomUUID(),
      iss: settings.issuer,
      iat: now,
      ...(validityPeriod >= 0 && expiry <= LAST_EXPIRY && { exp: expiry }),
      ...subscriptionClaims(await subscriptionsOf(apim, application.rowId)),
      application: {
        id: application.rowId,
        uuid: application.id,
        name: application.name,
        tier: application.throttlingPolicy,
        owner: application.owner,
      },
      keytype: keyType,
      ...restrictions,
    },
  );
};
