/** Codes of MySQL's errors that callers tell apart. */
const DUPLICATE = 'ER_DUP_ENTRY';
const LOCKED_OUT: readonly string[] = ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'];

/** A statement or a connection that failed. Carries the server's sentence, never the statement's values. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** MySQL's symbol (`ER_DUP_ENTRY`) or the system's (`ECONNREFUSED`). */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether a row with this unique key is there already. */
export const isDuplicate = (cause: unknown): boolean => cause instanceof DatabaseError && cause.code === DUPLICATE;

/** Whether the transaction lost against another one and may simply be tried again. */
export const isLockedOut = (cause: unknown): boolean =>
  cause instanceof DatabaseError && LOCKED_OUT.includes(cause.code);

/** The driver's errors quote the whole statement with its values; passwords and tokens must not reach a log that way. */
export const databaseErrorOf = (cause: unknown): DatabaseError => {
  if (cause instanceof DatabaseError) return cause;
  if (!(cause instanceof Error)) return new DatabaseError('UNKNOWN', String(cause));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'UNKNOWN';
  // A refused connection to a name with two addresses comes as an AggregateError, which has no message of its own.
  return new DatabaseError(code, cause.message || code);
};
