import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../lab/faults/fault.ts';
import { forgetFault, recordedFaults, recordFault } from '../../../lab/faults/fault-records.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fault-records-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const killed = (node: string): Fault => ({ node, way: 'kill', since: '2026-11-23T21:00:00.000Z' });

describe('faults that are written down', () => {
  it('are read back as they were, with what a cut took away', async () => {
    const attachments = [{ network: 'demo_lab', address: '10.211.0.15', aliases: ['gw-1', 'gw-1.demo.test'] }];
    const cut: Fault = { node: 'gw-1', way: 'cut', since: '2026-11-23T21:00:00.000Z', attachments };
    await recordFault(directory, killed('km-1'));
    await recordFault(directory, cut);
    expect(await recordedFaults(directory)).toEqual([cut, killed('km-1')]);
  });

  it('are one at most for each node, and the first one stays', async () => {
    await recordFault(directory, killed('gw-1'));
    const second = recordFault(directory, { ...killed('gw-1'), way: 'pause' });
    await expect(second).rejects.toMatchObject({ problems: [{ code: 'FAULT_THERE', node: 'gw-1' }] });
    expect(await recordedFaults(directory)).toEqual([killed('gw-1')]);
  });

  it('leave nothing behind once they are forgotten, also when that happens twice', async () => {
    await recordFault(directory, killed('gw-1'));
    await forgetFault(directory, 'gw-1');
    await forgetFault(directory, 'gw-1');
    expect(readdirSync(directory)).toEqual([]);
    expect(await recordedFaults(directory)).toEqual([]);
  });

  it('are none where there is no lab directory', async () => {
    expect(await recordedFaults(join(directory, 'gone'))).toEqual([]);
  });
});
