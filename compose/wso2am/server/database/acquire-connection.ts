import type { Pool, PoolConnection } from 'mysql2/promise';
import { DatabaseError } from './database-error.ts';

/**
 * A free connection of the pool, or a new one; waits for one to come back when all are in use.
 * @param limits `maxWait` in milliseconds; `maxActive` for the message, which is Tomcat's
 * @throws DatabaseError `POOL_EMPTY` after `maxWait`
 */
export const acquireConnection = (
  pool: Pick<Pool, 'getConnection'>,
  { maxWait, maxActive }: { readonly maxWait: number; readonly maxActive: number },
): Promise<PoolConnection> =>
  new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      const seconds = Math.round(maxWait / 1000);
      reject(
        new DatabaseError(
          'POOL_EMPTY',
          `Timeout: Pool empty. Unable to fetch a connection in ${seconds} seconds, none available[size:${maxActive}]`,
        ),
      );
    }, maxWait);
    pool.getConnection().then(
      (connection) => {
        clearTimeout(timer);
        if (late) connection.release();
        else resolve(connection);
      },
      (cause) => {
        clearTimeout(timer);
        reject(cause);
      },
    );
  });
