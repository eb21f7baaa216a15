import type { PoolConnection } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { acquireConnection } from '../../../../compose/wso2am/server/database/acquire-connection.ts';

/** A connection that only knows whether it was given back. */
const connection = (): { readonly released: () => boolean; readonly connection: PoolConnection } => {
  let released = false;
  const stub: Pick<PoolConnection, 'release'> = {
    release: () => {
      released = true;
    },
  };
  return { released: () => released, connection: stub as PoolConnection };
};

describe('waiting for a connection', () => {
  it('ends with the one that becomes free', async () => {
    const free = connection();
    const pool = { getConnection: async () => free.connection };

    expect(await acquireConnection(pool, { maxWait: 10_000, maxActive: 50 })).toBe(free.connection);
    expect(free.released()).toBe(false);
  });

  it("ends with the pool's failure", async () => {
    const pool = { getConnection: () => Promise.reject(new Error('access denied')) };

    await expect(acquireConnection(pool, { maxWait: 10_000, maxActive: 50 })).rejects.toThrow('access denied');
  });

  it('is bounded, and gives back what comes too late', async () => {
    const late = connection();
    let arrive: (connection: PoolConnection) => void = () => undefined;
    const arrival = new Promise<PoolConnection>((resolve) => {
      arrive = resolve;
    });
    const pool = { getConnection: () => arrival };

    await expect(acquireConnection(pool, { maxWait: 20, maxActive: 50 })).rejects.toMatchObject({
      code: 'POOL_EMPTY',
      message: expect.stringContaining('none available[size:50]'),
    });
    arrive(late.connection);
    await arrival;

    expect(late.released()).toBe(true);
  });
});
