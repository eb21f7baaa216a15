import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../compose/wso2am/server/database/database-error.ts';
import { retryWhenBeaten } from '../../../../compose/wso2am/server/keymanager/stores/retry.ts';

const failing = (times: number, code: string) => {
  const attempts: number[] = [];
  const transaction = async (): Promise<string> => {
    attempts.push(attempts.length);
    if (attempts.length <= times) throw new DatabaseError(code, 'beaten');
    return 'done';
  };
  return { attempts, transaction };
};

describe('a transaction that another node beat', () => {
  it.each(['ER_DUP_ENTRY', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'])('with %s is tried again', async (code) => {
    expect(await retryWhenBeaten(failing(5, code).transaction)).toBe('done');
  });

  it('six times is given up', async () => {
    const { attempts, transaction } = failing(6, 'ER_DUP_ENTRY');
    await expect(retryWhenBeaten(transaction)).rejects.toThrow('beaten');
    expect(attempts).toHaveLength(6);
  });

  it('is not tried again over anything else', async () => {
    const { attempts, transaction } = failing(1, 'ER_DATA_TOO_LONG');
    await expect(retryWhenBeaten(transaction)).rejects.toThrow('beaten');
    expect(attempts).toHaveLength(1);
  });
});
