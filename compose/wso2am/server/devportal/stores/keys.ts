import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { findClient, type OAuthClient } from '../../keymanager/stores/clients.ts';
import type { Application } from '../model/application.ts';
import { type ApplicationKeys, KEY_TYPES } from '../model/keys.ts';

const row = z.object({
  UUID: z.string().nullable(),
  KEY_TYPE: z.enum(KEY_TYPES),
  STATE: z.string(),
  CONSUMER_KEY: z.string(),
});

/** An application's keys; production first. */
export const listKeys = async (
  statements: Statements,
  applicationRowId: number,
): Promise<readonly ApplicationKeys[]> => {
  const rows = await statements.query(
    `SELECT UUID, KEY_TYPE, STATE, CONSUMER_KEY FROM AM_APPLICATION_KEY_MAPPING
     WHERE APPLICATION_ID = ? AND CONSUMER_KEY IS NOT NULL ORDER BY KEY_TYPE`,
    [applicationRowId],
  );
  const keys: ApplicationKeys[] = [];
  // One after the other: a transaction has one connection.
  for (const found of rows) {
    const { UUID, KEY_TYPE: keyType, STATE: state, CONSUMER_KEY } = row.parse(found);
    const client = await findClient(statements, CONSUMER_KEY);
    if (client) keys.push({ mappingId: UUID ?? '', keyType, state, client });
  }
  return keys;
};

/** What a registration asked for; AM_APPLICATION_REGISTRATION keeps it. */
export type Registration = {
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly validityTime: number;
};

/** Gives keys to an application, with the record of what was asked for. @returns the keys */
export const insertKeys = async (
  statements: Statements,
  application: Application,
  {
    keyType,
    client,
    keyManager,
    ...asked
  }: Pick<ApplicationKeys, 'keyType' | 'client'> & Registration & { readonly keyManager: string },
): Promise<ApplicationKeys> => {
  const keys: ApplicationKeys = { mappingId: randomUUID(), keyType, state: 'COMPLETED', client };
  await statements.execute(
    `INSERT INTO AM_APPLICATION_KEY_MAPPING (UUID, APPLICATION_ID, CONSUMER_KEY, KEY_TYPE, STATE, CREATE_MODE, KEY_MANAGER)
     VALUES (?, ?, ?, ?, ?, 'CREATED', ?)`,
    [keys.mappingId, application.rowId, client.consumerKey, keyType, keys.state, keyManager],
  );
  await statements.execute(
    `INSERT INTO AM_APPLICATION_REGISTRATION (SUBSCRIBER_ID, WF_REF, APP_ID, TOKEN_TYPE, TOKEN_SCOPE, INPUTS, ALLOWED_DOMAINS,
       VALIDITY_PERIOD, KEY_MANAGER) VALUES (?, ?, ?, ?, ?, ?, 'ALL', ?, ?)`,
    [
      application.subscriberId,
      randomUUID(),
      application.rowId,
      keyType,
      asked.scopes.join(' ').slice(0, 1500),
      JSON.stringify({ callback_url: client.callbackUrl }),
      asked.validityTime,
      keyManager,
    ],
  );
  return keys;
};

/** Takes the keys of a type from an application, with the record of what was asked for; the client stays. */
export const deleteKeys = async (
  statements: Statements,
  { rowId }: Application,
  { keyType }: Pick<ApplicationKeys, 'keyType'>,
): Promise<void> => {
  await statements.execute('DELETE FROM AM_APPLICATION_KEY_MAPPING WHERE APPLICATION_ID = ? AND KEY_TYPE = ?', [
    rowId,
    keyType,
  ]);
  await statements.execute('DELETE FROM AM_APPLICATION_REGISTRATION WHERE APP_ID = ? AND TOKEN_TYPE = ?', [
    rowId,
    keyType,
  ]);
};

/** Replaces the secret of a client in both places it stands. */
export const writeSecret = async (
  statements: Statements,
  { id, consumerKey }: OAuthClient,
  secret: string,
): Promise<void> => {
  await statements.execute('UPDATE IDN_OAUTH_CONSUMER_APPS SET CONSUMER_SECRET = ? WHERE ID = ?', [secret, id]);
  await statements.execute(
    `UPDATE SP_INBOUND_AUTH SET PROP_VALUE = ?
     WHERE INBOUND_AUTH_KEY = ? AND INBOUND_AUTH_TYPE = 'oauth2' AND PROP_NAME = 'oauthConsumerSecret' AND TENANT_ID = ?`,
    [secret, consumerKey, SUPER_TENANT_ID],
  );
};

/** Changes what a client may be used for. */
export const writeGrants = async (
  statements: Statements,
  { id, grantTypes, callbackUrl }: Pick<OAuthClient, 'id' | 'grantTypes' | 'callbackUrl'>,
): Promise<void> => {
  await statements.execute('UPDATE IDN_OAUTH_CONSUMER_APPS SET GRANT_TYPES = ?, CALLBACK_URL = ? WHERE ID = ?', [
    grantTypes.join(' '),
    callbackUrl,
    id,
  ]);
};
