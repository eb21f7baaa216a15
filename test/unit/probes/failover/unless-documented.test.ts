import { describe, expect, it } from 'vitest';
import { unlessDocumented } from '../../../../lab/probes/failover/scene.ts';
import { Mismatch } from '../../../../lab/probes/hops.ts';
import { NoAnswer } from '../../../../lab/probes/http-client.ts';

const failing = (error: Error) => () => Promise.reject(error);

describe('a check that the product may fail by its documentation', () => {
  it('says what was seen when it holds', async () => {
    const seen = unlessDocumented('it need not', () => Promise.resolve('refuses it'));
    await expect(seen).resolves.toEqual({ value: true, detail: 'refuses it' });
  });

  it('passes when it does not, and says what the documentation does', async () => {
    const seen = unlessDocumented('it need not', failing(new Mismatch('got 200')));
    await expect(seen).resolves.toEqual({ value: true, detail: 'as documented, it need not: got 200' });
  });

  it('fails where the documentation promises it, and stays unknown where nobody answered', async () => {
    await expect(unlessDocumented(undefined, failing(new Mismatch('got 200')))).rejects.toThrow('got 200');
    await expect(unlessDocumented('it need not', failing(new NoAnswer('silent', true)))).rejects.toThrow(NoAnswer);
  });
});
