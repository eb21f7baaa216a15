import type { Log } from '../../carbon/log.ts';
import type { Statements } from '../../database/database.ts';

/**
 * Forgets revoked JWTs that have expired since, as the product does at each revocation (carbon-apimgt, ExpiredJWTCleaner): they
 * are refused without it, and the list that gateways load would grow for ever. Never rejects.
 * @param now epoch milliseconds
 */
export const sweepRevokedJwts = async (statements: Statements, now: number, log: Log): Promise<void> => {
  try {
    await statements.execute('DELETE FROM AM_REVOKED_JWT WHERE EXPIRY_TIMESTAMP < ?', [now]);
  } catch (cause) {
    log.error('Unable to cleanup expired JWT tokens from revoke table', cause);
  }
};
