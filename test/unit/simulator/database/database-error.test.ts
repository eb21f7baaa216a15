import { describe, expect, it } from 'vitest';
import {
  DatabaseError,
  databaseErrorOf,
  isDuplicate,
  isLockedOut,
} from '../../../../compose/wso2am/server/database/database-error.ts';

const driverError = (code: string): Error =>
  Object.assign(new Error('from the server'), { code, sql: "INSERT ... VALUES ('secret')" });

describe('an error of the database', () => {
  it('loses the statement with its values', () => {
    const error = databaseErrorOf(driverError('ER_PARSE_ERROR'));

    expect(error).toMatchObject({ code: 'ER_PARSE_ERROR', message: 'from the server' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(error).not.toHaveProperty('sql');
  });

  it('tells a duplicate and a lost lock from other failures', () => {
    const errors = ['ER_DUP_ENTRY', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ECONNREFUSED'].map((code) =>
      databaseErrorOf(driverError(code)),
    );

    expect(errors.map(isDuplicate)).toEqual([true, false, false, false]);
    expect(errors.map(isLockedOut)).toEqual([false, true, true, false]);
    expect(isDuplicate(driverError('ER_DUP_ENTRY'))).toBe(false);
  });

  it('has a text even where the system gave none', () => {
    const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });

    expect(databaseErrorOf(refused).message).toBe('ECONNREFUSED');
    expect(databaseErrorOf('broken')).toEqual(new DatabaseError('UNKNOWN', 'broken'));
  });
});
