import { randomBytes } from 'node:crypto';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import { PRIMARY_DOMAIN } from '../../carbon/users/user-name.ts';
import type { Database, Statements } from '../../database/database.ts';
import { findClientByName, type OAuthClient } from './clients.ts';
import { retryWhenBeaten } from './retry.ts';

export type ClientRegistration = Pick<
  OAuthClient,
  'name' | 'owner' | 'callbackUrl' | 'grantTypes' | 'tokenType' | 'isSaas'
> &
  Pick<OAuthClient, 'userTokenValidity' | 'applicationTokenValidity' | 'refreshTokenValidity'>;

/**
 * The client of this name: the one that is there, as it is, or a new one with its service provider. Of nodes that register the
 * same name at the same moment one makes it, and the others find it: the name is unique (SP_APP).
 */
export const findOrRegisterClient = async (
  database: Database,
  registration: ClientRegistration,
): Promise<OAuthClient> => {
  const { name } = registration;
  const found = await findClientByName(database, name);
  if (found) return found;
  return retryWhenBeaten(async () => {
    // Read outside of a transaction, so that an attempt sees what another node committed meanwhile.
    const other = await findClientByName(database, name);
    if (other) return other;
    return database.transaction(async (statements) => {
      await insertClient(statements, registration);
      const registered = await findClientByName(statements, name);
      if (!registered) throw new Error(`Client ${name} is not there after its registration`);
      return registered;
    });
  });
};

/**
 * 28 characters as in the product (wire.md 1.1), but for its underscores: libraries that encode credentials as RFC 6749 2.3.1
 * has it send "%5F" for them, which the product does not understand.
 */
const newCredential = (): string =>
  randomBytes(20).toString('base64').replaceAll('/', 'e').replaceAll('+', 'f').replaceAll('=', 'a');

const insertClient = async (statements: Statements, registration: ClientRegistration): Promise<void> => {
  const { name, owner } = registration;
  const key = newCredential();
  const secret = newCredential();
  // First what is unique: who comes second waits here and holds no other lock.
  const { insertId } = await statements.execute(
    `INSERT INTO SP_APP (TENANT_ID, APP_NAME, USER_STORE, USERNAME, DESCRIPTION, IS_SAAS_APP) VALUES (?, ?, ?, ?, ?, ?)`,
    [
      SUPER_TENANT_ID,
      name,
      PRIMARY_DOMAIN,
      owner,
      `Service Provider for application ${name}`,
      registration.isSaas ? '1' : '0',
    ],
  );
  await statements.execute(
    `INSERT INTO IDN_OAUTH_CONSUMER_APPS (CONSUMER_KEY, CONSUMER_SECRET, USERNAME, TENANT_ID, USER_DOMAIN, APP_NAME,
       OAUTH_VERSION, CALLBACK_URL, GRANT_TYPES, USER_ACCESS_TOKEN_EXPIRE_TIME, APP_ACCESS_TOKEN_EXPIRE_TIME,
       REFRESH_TOKEN_EXPIRE_TIME)
     VALUES (?, ?, ?, ?, ?, ?, 'OAuth-2.0', ?, ?, ?, ?, ?)`,
    [
      key,
      secret,
      owner,
      SUPER_TENANT_ID,
      PRIMARY_DOMAIN,
      name,
      registration.callbackUrl,
      registration.grantTypes.join(' '),
      registration.userTokenValidity,
      registration.applicationTokenValidity,
      registration.refreshTokenValidity,
    ],
  );
  await statements.execute(
    `INSERT INTO SP_INBOUND_AUTH (TENANT_ID, INBOUND_AUTH_KEY, INBOUND_AUTH_TYPE, PROP_NAME, PROP_VALUE, APP_ID)
     VALUES (?, ?, 'oauth2', 'oauthConsumerSecret', ?, ?)`,
    [SUPER_TENANT_ID, key, secret, insertId],
  );
  await statements.execute(
    `INSERT INTO IDN_OIDC_PROPERTY (TENANT_ID, CONSUMER_KEY, PROPERTY_KEY, PROPERTY_VALUE) VALUES (?, ?, 'tokenType', ?)`,
    [SUPER_TENANT_ID, key, registration.tokenType],
  );
};
