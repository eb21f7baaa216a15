import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { findClient, type OAuthClient } from '../../keymanager/stores/clients.ts';
import type { Application } from '../model/application.ts';
import { type ApplicationKeys, isResident, KEY_TYPES, type ResidentKeys } from '../model/keys.ts';

const row = z.object({
  UUID: z.string().nullable(),
  KEY_TYPE: z.enum(KEY_TYPES),
  STATE: z.string(),
  CONSUMER_KEY: z.string(),
  CREATE_MODE: z.string().nullable(),
  KEY_MANAGER: z.string(),
});

/** An application's keys; production first. */
export const listKeys = async (
  statements: Statements,
  applicationRowId: number,
): Promise<readonly ApplicationKeys[]> => {
  const rows = await statements.query(
    `SELECT UUID, KEY_TYPE, STATE, CONSUMER_KEY, CREATE_MODE, KEY_MANAGER FROM AM_APPLICATION_KEY_MAPPING
     WHERE APPLICATION_ID = ? AND CONSUMER_KEY IS NOT NULL ORDER BY KEY_TYPE, KEY_MANAGER`,
    [applicationRowId],
  );
  const keys: ApplicationKeys[] = [];
  // One after the other: a transaction has one connection.
  for (const found of rows) {
    const parsed = row.parse(found);
    const { CONSUMER_KEY: consumerKey, KEY_MANAGER: keyManager } = parsed;
    const client = isResident(keyManager) ? await findClient(statements, consumerKey) : undefined;
    if (!client && isResident(keyManager)) continue;
    keys.push({
      mappingId: parsed.UUID ?? '',
      keyType: parsed.KEY_TYPE,
      state: parsed.STATE,
      mode: parsed.CREATE_MODE === 'MAPPED' ? 'MAPPED' : 'CREATED',
      keyManager,
      consumerKey,
      client,
    });
  }
  return keys;
};

/** What a registration asked for; AM_APPLICATION_REGISTRATION keeps it. */
export type Registration = {
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly validityTime: number;
};

/** Makes a client that was there before an application's. @returns the keys */
export const insertMapping = async <T extends Omit<ApplicationKeys, 'mappingId' | 'state'>>(
  statements: Statements,
  application: Application,
  mapping: T,
): Promise<T & Pick<ApplicationKeys, 'mappingId' | 'state'>> => {
  const keys = { ...mapping, mappingId: randomUUID(), state: 'COMPLETED' };
  await statements.execute(
    `INSERT INTO AM_APPLICATION_KEY_MAPPING (UUID, APPLICATION_ID, CONSUMER_KEY, KEY_TYPE, STATE, CREATE_MODE, KEY_MANAGER)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [keys.mappingId, application.rowId, keys.consumerKey, keys.keyType, keys.state, keys.mode, keys.keyManager],
  );
  return keys;
};

/** Whether some application has this client of a Key Manager. */
export const isMapped = async (
  statements: Statements,
  { consumerKey, keyManager }: Pick<ApplicationKeys, 'consumerKey' | 'keyManager'>,
): Promise<boolean> => {
  const rows = await statements.query(
    'SELECT 1 FROM AM_APPLICATION_KEY_MAPPING WHERE CONSUMER_KEY = ? AND KEY_MANAGER = ?',
    [consumerKey, keyManager],
  );
  return rows.length > 0;
};

/** Gives keys to an application, with the record of what was asked for. @returns the keys */
export const insertKeys = async (
  statements: Statements,
  application: Application,
  { keyType, client, keyManager, ...asked }: Pick<ResidentKeys, 'keyType' | 'client' | 'keyManager'> & Registration,
): Promise<ResidentKeys> => {
  const { consumerKey } = client;
  const keys = await insertMapping(statements, application, {
    keyType,
    mode: 'CREATED',
    keyManager,
    consumerKey,
    client,
  });
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

/** Takes keys from an application, with the record of what was asked for; the client stays. */
export const deleteKeys = async (
  statements: Statements,
  { rowId }: Application,
  { keyType, keyManager }: Pick<ApplicationKeys, 'keyType' | 'keyManager'>,
): Promise<void> => {
  await statements.execute(
    'DELETE FROM AM_APPLICATION_KEY_MAPPING WHERE APPLICATION_ID = ? AND KEY_TYPE = ? AND KEY_MANAGER = ?',
    [rowId, keyType, keyManager],
  );
  await statements.execute(
    'DELETE FROM AM_APPLICATION_REGISTRATION WHERE APP_ID = ? AND TOKEN_TYPE = ? AND KEY_MANAGER = ?',
    [rowId, keyType, keyManager],
  );
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
