import { describe, expect, it } from 'vitest';
import { HopRecorder, Mismatch } from '../../../lab/probes/hops.ts';
import { Undo } from '../../../lab/probes/undo.ts';

describe('cleaning up after a probe', () => {
  it('removes the latest first, and the rest also when one cannot be removed', async () => {
    const undo = new Undo();
    const removed: string[] = [];
    undo.later('API', 'pub-1', async () => void removed.push('API'));
    undo.later('application', 'dev-1', async () => {
      throw new Mismatch('expected status 200, got 500');
    });
    undo.later('subscription', 'dev-1', async () => void removed.push('subscription'));
    const recorder = new HopRecorder();
    await undo.all(recorder);
    expect(removed).toEqual(['subscription', 'API']);
    expect(recorder.hops.map(({ to, verdict }) => `${to} ${verdict}`)).toEqual([
      'dev-1 pass',
      'dev-1 fail',
      'pub-1 pass',
    ]);
  });
});
