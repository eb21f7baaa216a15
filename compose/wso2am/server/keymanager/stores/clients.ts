import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

/** An OAuth2 client: a row of IDN_OAUTH_CONSUMER_APPS with its service provider. Validities in seconds, 0 for the default. */
export type OAuthClient = {
  readonly id: number;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** User who registered it, without tenant: client_credentials tokens are this user's. */
  readonly owner: string;
  readonly name: string;
  /** One URL, or `regexp=` and a pattern; empty for a client without browser. */
  readonly callbackUrl: string;
  readonly grantTypes: readonly string[];
  readonly isActive: boolean;
  readonly userTokenValidity: number;
  readonly applicationTokenValidity: number;
  readonly refreshTokenValidity: number;
  readonly idTokenValidity: number;
  readonly requiresPkce: boolean;
  readonly allowsPlainPkce: boolean;
  /** Token type it was registered with: `DEFAULT`, `OAUTH`, `JWT`. */
  readonly tokenType: string;
  /** Whether users of other tenants may use it. */
  readonly isSaas: boolean;
};

const flag = z
  .string()
  .nullable()
  .transform((value) => value === '1');
const seconds = z.coerce.number();

const clientRow = z
  .object({
    ID: z.number(),
    CONSUMER_KEY: z.string(),
    CONSUMER_SECRET: z.string(),
    USERNAME: z.string(),
    APP_NAME: z.string(),
    CALLBACK_URL: z.string().nullable(),
    GRANT_TYPES: z.string().nullable(),
    APP_STATE: z.string().nullable(),
    USER_ACCESS_TOKEN_EXPIRE_TIME: seconds,
    APP_ACCESS_TOKEN_EXPIRE_TIME: seconds,
    REFRESH_TOKEN_EXPIRE_TIME: seconds,
    ID_TOKEN_EXPIRE_TIME: seconds,
    PKCE_MANDATORY: flag,
    PKCE_SUPPORT_PLAIN: flag,
    TOKEN_TYPE: z.string().nullable(),
    IS_SAAS_APP: flag,
  })
  .transform(
    (row): OAuthClient => ({
      id: row.ID,
      consumerKey: row.CONSUMER_KEY,
      consumerSecret: row.CONSUMER_SECRET,
      owner: row.USERNAME,
      name: row.APP_NAME,
      callbackUrl: row.CALLBACK_URL ?? '',
      grantTypes: (row.GRANT_TYPES ?? '').split(' ').filter((grant) => grant !== ''),
      isActive: row.APP_STATE?.toUpperCase() === 'ACTIVE',
      userTokenValidity: row.USER_ACCESS_TOKEN_EXPIRE_TIME,
      applicationTokenValidity: row.APP_ACCESS_TOKEN_EXPIRE_TIME,
      refreshTokenValidity: row.REFRESH_TOKEN_EXPIRE_TIME,
      idTokenValidity: row.ID_TOKEN_EXPIRE_TIME,
      requiresPkce: row.PKCE_MANDATORY,
      allowsPlainPkce: row.PKCE_SUPPORT_PLAIN,
      tokenType: row.TOKEN_TYPE ?? 'DEFAULT',
      isSaas: row.IS_SAAS_APP,
    }),
  );

const SELECT = `
  SELECT c.ID, c.CONSUMER_KEY, c.CONSUMER_SECRET, c.USERNAME, c.APP_NAME, c.CALLBACK_URL, c.GRANT_TYPES, c.APP_STATE,
    c.USER_ACCESS_TOKEN_EXPIRE_TIME, c.APP_ACCESS_TOKEN_EXPIRE_TIME, c.REFRESH_TOKEN_EXPIRE_TIME, c.ID_TOKEN_EXPIRE_TIME,
    c.PKCE_MANDATORY, c.PKCE_SUPPORT_PLAIN, p.PROPERTY_VALUE AS TOKEN_TYPE, s.IS_SAAS_APP
  FROM IDN_OAUTH_CONSUMER_APPS c
  LEFT JOIN SP_INBOUND_AUTH i ON i.INBOUND_AUTH_KEY = c.CONSUMER_KEY AND i.INBOUND_AUTH_TYPE = 'oauth2'
  LEFT JOIN SP_APP s ON s.ID = i.APP_ID
  LEFT JOIN IDN_OIDC_PROPERTY p ON p.CONSUMER_KEY = c.CONSUMER_KEY AND p.PROPERTY_KEY = 'tokenType'`;

/** Characters of a client id (RFC 6749 A.1): MySQL fails over others, and no client has them. */
const CLIENT_ID = /^[\x20-\x7e]{1,255}$/;

/** The client with this id; undefined where there is none. */
export const findClient = async (statements: Statements, consumerKey: string): Promise<OAuthClient | undefined> => {
  if (!CLIENT_ID.test(consumerKey)) return undefined;
  const [row] = await statements.query(`${SELECT} WHERE c.CONSUMER_KEY = ? LIMIT 1`, [consumerKey]);
  const client = row && clientRow.parse(row);
  // The column compares without regard to case and to blanks at the end.
  return client?.consumerKey === consumerKey ? client : undefined;
};

/** The client of a service provider of the super tenant. */
export const findClientByName = async (statements: Statements, name: string): Promise<OAuthClient | undefined> => {
  const sql = `${SELECT} WHERE s.APP_NAME = ? AND s.TENANT_ID = ? LIMIT 1`;
  const [row] = await statements.query(sql, [name, SUPER_TENANT_ID]);
  return row && clientRow.parse(row);
};

/** Makes everyone else wait who changes tokens of this client, on any node, until the transaction ends. */
export const lockClient = async (transaction: Statements, id: number): Promise<void> => {
  await transaction.query('SELECT ID FROM IDN_OAUTH_CONSUMER_APPS WHERE ID = ? FOR UPDATE', [id]);
};
