import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import { PRIMARY_DOMAIN } from '../../carbon/users/user-name.ts';
import type { Database, Statements } from '../../database/database.ts';
import type { Lifetime } from '../expiry.ts';
import { tokenHash } from './token-hash.ts';

export type AuthorizationCode = {
  readonly codeId: string;
  readonly callbackUrl: string;
  readonly scopes: readonly string[];
  readonly user: string;
  readonly lifetime: Lifetime;
  readonly challenge: string | undefined;
  readonly challengeMethod: string | undefined;
  /** What an id_token repeats of the log-in. */
  readonly login: Login;
  /** Whether somebody presented it before. */
  readonly isUsed: boolean;
  /** Token that was issued for it, once it is. */
  readonly tokenId: string | undefined;
};

/** `authTime` in epoch milliseconds. */
export type Login = { readonly nonce?: string | undefined; readonly authTime?: number | undefined };

export type NewAuthorizationCode = Omit<AuthorizationCode, 'codeId' | 'isUsed' | 'tokenId'> & {
  readonly code: string;
  /** IDN_OAUTH_CONSUMER_APPS.ID */
  readonly clientId: number;
};

/** Where the product keeps what belongs to a code and has no column (IDN_AUTH_SESSION_STORE). */
const SESSION_TYPE = 'AuthorizationGrantCache';

const NANOSECONDS = 1_000_000n;

/** Stores a code that nobody has presented yet. */
export const insertCode = (database: Database, code: NewAuthorizationCode): Promise<void> =>
  database.transaction(async (statements) => {
    const codeId = randomUUID();
    await statements.execute(
      `INSERT INTO IDN_OAUTH2_AUTHORIZATION_CODE (CODE_ID, AUTHORIZATION_CODE, AUTHORIZATION_CODE_HASH, CONSUMER_KEY_ID,
         CALLBACK_URL, SCOPE, AUTHZ_USER, TENANT_ID, USER_DOMAIN, TIME_CREATED, VALIDITY_PERIOD, SUBJECT_IDENTIFIER,
         PKCE_CODE_CHALLENGE, PKCE_CODE_CHALLENGE_METHOD)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        codeId,
        code.code,
        tokenHash(code.code),
        code.clientId,
        code.callbackUrl,
        code.scopes.join(' '),
        code.user,
        SUPER_TENANT_ID,
        PRIMARY_DOMAIN,
        new Date(code.lifetime.issuedAt),
        code.lifetime.validity,
        code.user,
        code.challenge ?? null,
        code.challengeMethod ?? null,
      ],
    );
    const { issuedAt, validity } = code.lifetime;
    await statements.execute(
      `INSERT INTO IDN_AUTH_SESSION_STORE (SESSION_ID, SESSION_TYPE, OPERATION, SESSION_OBJECT, TIME_CREATED, TENANT_ID,
         EXPIRY_TIME)
       VALUES (?, ?, 'STORE', ?, ?, ?, ?)`,
      [
        codeId,
        SESSION_TYPE,
        Buffer.from(JSON.stringify(code.login)),
        BigInt(issuedAt) * NANOSECONDS,
        SUPER_TENANT_ID,
        BigInt(issuedAt + validity) * NANOSECONDS,
      ],
    );
  });

const login = z.object({ nonce: z.string().optional(), authTime: z.number().optional() });

/** What a Java object of the product is not. */
const loginObject = z
  .instanceof(Buffer)
  .nullable()
  .transform((bytes): Login => {
    try {
      return login.parse(JSON.parse(bytes?.toString('utf8') ?? '{}'));
    } catch {
      return {};
    }
  });

const codeRow = z.object({
  CODE_ID: z.string(),
  CALLBACK_URL: z.string().nullable(),
  SCOPE: z.string().nullable(),
  AUTHZ_USER: z.string(),
  TIME_CREATED: z.date(),
  VALIDITY_PERIOD: z.coerce.number(),
  STATE: z.string(),
  TOKEN_ID: z.string().nullable(),
  PKCE_CODE_CHALLENGE: z.string().nullable(),
  PKCE_CODE_CHALLENGE_METHOD: z.string().nullable(),
  SESSION_OBJECT: loginObject,
});

/**
 * Takes a code for use. However many present it at the same moment, on whatever nodes: only one finds it unused, for the row
 * stays locked until its state has changed. The change is kept even when the request that presents the code fails.
 */
export const takeCode = (database: Database, clientId: number, code: string): Promise<AuthorizationCode | undefined> =>
  database.transaction(async (statements) => {
    const [found] = await statements.query(
      `SELECT a.CODE_ID, a.CALLBACK_URL, a.SCOPE, a.AUTHZ_USER, a.TIME_CREATED, a.VALIDITY_PERIOD, a.STATE, a.TOKEN_ID,
         a.PKCE_CODE_CHALLENGE, a.PKCE_CODE_CHALLENGE_METHOD, s.SESSION_OBJECT
       FROM IDN_OAUTH2_AUTHORIZATION_CODE a
       LEFT JOIN IDN_AUTH_SESSION_STORE s ON s.SESSION_ID = a.CODE_ID AND s.SESSION_TYPE = ?
       WHERE a.AUTHORIZATION_CODE_HASH = ? AND a.CONSUMER_KEY_ID = ? FOR UPDATE`,
      [SESSION_TYPE, tokenHash(code), clientId],
    );
    if (!found) return undefined;
    const row = codeRow.parse(found);
    await statements.execute(`UPDATE IDN_OAUTH2_AUTHORIZATION_CODE SET STATE = 'INACTIVE' WHERE CODE_ID = ?`, [
      row.CODE_ID,
    ]);
    return {
      codeId: row.CODE_ID,
      callbackUrl: row.CALLBACK_URL ?? '',
      scopes: (row.SCOPE ?? '').split(' ').filter((scope) => scope !== ''),
      user: row.AUTHZ_USER,
      lifetime: { issuedAt: row.TIME_CREATED.getTime(), validity: row.VALIDITY_PERIOD },
      challenge: row.PKCE_CODE_CHALLENGE ?? undefined,
      challengeMethod: row.PKCE_CODE_CHALLENGE_METHOD ?? undefined,
      login: row.SESSION_OBJECT,
      isUsed: row.STATE !== 'ACTIVE',
      tokenId: row.TOKEN_ID ?? undefined,
    };
  });

/** Remembers which token a code led to, so that presenting the code again can revoke it (RFC 6749 4.1.2). */
export const linkToken = async (statements: Statements, codeId: string, tokenId: string): Promise<void> => {
  await statements.execute('UPDATE IDN_OAUTH2_AUTHORIZATION_CODE SET TOKEN_ID = ? WHERE CODE_ID = ?', [
    tokenId,
    codeId,
  ]);
};
