import { randomUUID } from 'node:crypto';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

/** Remembers a revoked JWT for gateways that start later (wire.md 4.3). @param expiresAt epoch milliseconds */
export const insertRevokedJwt = async (
  statements: Statements,
  jwt: string,
  expiresAt: number,
  tokenType: 'JWT' | 'API_KEY' = 'JWT',
): Promise<void> => {
  const signature = jwt.slice(jwt.lastIndexOf('.') + 1);
  await statements.execute(
    `INSERT INTO AM_REVOKED_JWT (UUID, SIGNATURE, EXPIRY_TIMESTAMP, TENANT_ID, TOKEN_TYPE) VALUES (?, ?, ?, ?, ?)`,
    [randomUUID(), signature, expiresAt, SUPER_TENANT_ID, tokenType],
  );
};
