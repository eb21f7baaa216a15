import { describe, expect, it } from 'vitest';
import { labError } from '../../../lab/errors/lab-error.ts';
import { whenFree, within } from '../../../lab/suite/when-free.ts';

const busy = () => Promise.reject(labError('LAB_BUSY', 'somebody is at work'));

describe('waiting for a lab', () => {
  it('goes on as soon as nobody else changes it', async () => {
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      return attempts < 3 ? busy() : 'done';
    };
    expect(await whenFree(within(60_000), work)).toBe('done');
  });

  it('ends with START_TIMEOUT when its time is over', async () => {
    await expect(whenFree(within(1), busy)).rejects.toMatchObject({ code: 'START_TIMEOUT' });
  });

  it('ends with the reason of whoever ends it', async () => {
    const reason = new Error('enough');
    await expect(whenFree(within(60_000, AbortSignal.abort(reason)), busy)).rejects.toBe(reason);
  });

  it('does not wait through any other failure', async () => {
    const failure = labError('NODE_EXITED', 'km-1 exited');
    await expect(whenFree(within(60_000), () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
