import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

/**
 * Remembers a revoked JWT for gateways that start later (wire.md 4.3). One that is remembered under the id already is left as
 * it is.
 * @param expiresAt epoch milliseconds
 */
export const insertRevokedJwt = async (
  statements: Statements,
  jwt: string,
  expiresAt: number,
  { id = randomUUID(), tokenType = 'JWT' }: { readonly id?: string; readonly tokenType?: string } = {},
): Promise<void> => {
  const signature = jwt.slice(jwt.lastIndexOf('.') + 1);
  await statements.execute(
    `INSERT INTO AM_REVOKED_JWT (UUID, SIGNATURE, EXPIRY_TIMESTAMP, TENANT_ID, TOKEN_TYPE) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE UUID = UUID`,
    [id, signature, expiresAt, SUPER_TENANT_ID, tokenType],
  );
};

const row = z.object({ SIGNATURE: z.string(), EXPIRY_TIMESTAMP: z.coerce.number() });

/** A revoked JWT; the expiry in epoch milliseconds. */
export type RevokedJwt = { readonly signature: string; readonly expiresAt: number };

/** All that are remembered, oldest first, expired or not. */
export const listRevokedJwts = async (statements: Statements): Promise<readonly RevokedJwt[]> => {
  const rows = await statements.query(
    'SELECT SIGNATURE, EXPIRY_TIMESTAMP FROM AM_REVOKED_JWT ORDER BY TIME_CREATED, UUID',
  );
  return rows.map((each) => {
    const { SIGNATURE: signature, EXPIRY_TIMESTAMP: expiresAt } = row.parse(each);
    return { signature, expiresAt };
  });
};
