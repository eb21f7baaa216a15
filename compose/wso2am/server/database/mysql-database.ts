import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { acquireConnection } from './acquire-connection.ts';
import type { Database, SqlValue, Statements } from './database.ts';
import { databaseErrorOf } from './database-error.ts';
import type { MysqlAddress } from './jdbc-url.ts';

export type MysqlSettings = {
  /** `WSO2AM_DB`; for messages. */
  readonly name: string;
  readonly address: MysqlAddress;
  readonly username: string;
  readonly password: string;
  /** Connections at most (`maxActive`). */
  readonly maxActive: number;
  /** Milliseconds to wait for a free one (`maxWait`). */
  readonly maxWait: number;
  /** PEM; for `verifyServerCertificate=true`. */
  readonly authorities: readonly string[];
};

/** Connections kept for later; the lab's server has 200 for all its nodes. */
const MAX_IDLE = 10;

/** A server that has left the network answers nothing; milliseconds after which a statement is given up. */
const STATEMENT_TIMEOUT = 60_000;

/** Milliseconds to reach the server; Connector/J has no limit, a lab must notice. */
const CONNECT_TIMEOUT = 10_000;

/**
 * A MySQL datasource. The driver is loaded only here, because a node without MySQL saves 8 MB. BIGINT arrives as text, every
 * other integer as a number, DATETIME and TIMESTAMP as `Date` read as UTC. Rejects with `DatabaseError` only.
 */
export const openMysqlDatabase = async (settings: MysqlSettings): Promise<Database> => {
  const { createPool } = await import('mysql2/promise');
  const pool = createPool(poolOptions(settings));
  const withConnection = <T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> =>
    useConnection(pool, settings, work);

  return {
    name: settings.name,
    query: (sql, values) => withConnection((connection) => statementsOn(connection).query(sql, values)),
    execute: (sql, values) => withConnection((connection) => statementsOn(connection).execute(sql, values)),
    transaction: (work) =>
      withConnection(async (connection) => {
        await connection.beginTransaction();
        try {
          const result = await work(statementsOn(connection));
          await connection.commit();
          return result;
        } catch (cause) {
          // Where not even this works the connection is broken, and what broke it is the error to report.
          await connection.rollback().catch(() => connection.destroy());
          throw cause;
        }
      }),
    close: () => pool.end(),
  };
};

const poolOptions = ({ address, ...settings }: MysqlSettings) => ({
  host: address.host,
  port: address.port,
  database: address.database,
  user: settings.username,
  password: settings.password,
  ...(address.tls === 'none' ? {} : { ssl: tlsOptions(address.tls, settings.authorities) }),
  connectTimeout: CONNECT_TIMEOUT,
  connectionLimit: settings.maxActive,
  maxIdle: MAX_IDLE,
  // A rounded id would point to another row.
  supportBigNumbers: true,
  bigNumberStrings: true,
  timezone: 'Z',
});

const tlsOptions = (tls: MysqlAddress['tls'], authorities: readonly string[]) =>
  tls === 'verified' ? { ca: [...authorities], rejectUnauthorized: true } : { rejectUnauthorized: false };

const statementsOn = (connection: PoolConnection): Statements => {
  const prepared = (sql: string, values: readonly SqlValue[]) => ({
    sql,
    values: [...values],
    timeout: STATEMENT_TIMEOUT,
  });
  const run = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      if (isFatal(cause)) connection.destroy();
      throw databaseErrorOf(cause);
    }
  };
  return {
    query: async (sql, values = []) => {
      const [rows] = await run(connection.execute<RowDataPacket[]>(prepared(sql, values)));
      return rows;
    },
    execute: async (sql, values = []) => {
      const [{ affectedRows, insertId }] = await run(connection.execute<ResultSetHeader>(prepared(sql, values)));
      return { affectedRows, insertId };
    },
  };
};

const useConnection = async <T>(
  pool: Pool,
  settings: MysqlSettings,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> => {
  const connection = await acquireConnection(pool, settings).catch((cause) => {
    throw databaseErrorOf(cause);
  });
  try {
    return await work(connection);
  } finally {
    // Does nothing for a connection that was destroyed.
    connection.release();
  }
};

/** Whether the connection cannot carry another statement: it broke, or an answer may still come through it. */
const isFatal = (cause: unknown): boolean =>
  cause instanceof Error &&
  (('fatal' in cause && cause.fatal === true) || ('code' in cause && cause.code === 'PROTOCOL_SEQUENCE_TIMEOUT'));
