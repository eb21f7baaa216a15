import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Way } from '../../lab/faults/fault.ts';
import { recordedFaults, recordFault } from '../../lab/faults/fault-records.ts';
import { healLab } from '../../lab/faults/heal-fault.ts';
import { whileFaulty } from '../../lab/faults/while-faulty.ts';
import { LABELS } from '../../lab/render/compose/labels.ts';

const docker = new Docker();
const name = `t-faults-${randomBytes(3).toString('hex')}`;
const directory = mkdtempSync(join(tmpdir(), 'faults-'));
const lab = { docker, name, directory };
const network = `${name}_lab`;
const dmz = `${name}_dmz`;

const contain = (node: string, role: string) =>
  docker.createContainer({
    name: `${name}-${node}`,
    Image: 'debian:trixie-slim',
    Cmd: ['sleep', 'infinity'],
    Labels: { [LABELS.lab]: name, [LABELS.node]: node, [LABELS.role]: role },
    Healthcheck: { Test: ['CMD', 'true'], Interval: 200_000_000 },
    HostConfig: { NetworkMode: network, Init: true },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [node] } } },
  });

beforeAll(async () => {
  // Docker gives out addresses on request only where the subnet was asked for, as in labs; theirs are elsewhere.
  const IPAM = { Config: [{ Subnet: '10.210.77.0/24' }] };
  await docker.createNetwork({ Name: network, IPAM, Labels: { [LABELS.lab]: name } });
  const other = { Config: [{ Subnet: '10.210.78.0/24' }] };
  await docker.createNetwork({ Name: dmz, IPAM: other, Labels: { [LABELS.lab]: name } });
  for (const [node, role] of [
    ['db', 'database'],
    ['a-1', 'gateway'],
  ] as const)
    await (await contain(node, role)).start();
});
afterAll(async () => {
  for (const node of ['db', 'a-1']) await docker.getContainer(`${name}-${node}`).remove({ force: true });
  for (const each of [network, dmz]) await docker.getNetwork(each).remove();
  rmSync(directory, { recursive: true });
});

const standing = async (node: string) => {
  const { State, NetworkSettings } = await docker.getContainer(`${name}-${node}`).inspect();
  return { state: State.Status, attached: Object.keys(NetworkSettings.Networks).length === 1 };
};

const THERE = { state: 'running', attached: true };

describe('a container that is taken away', () => {
  it.each<[Way, object]>([
    ['kill', { state: 'exited' }],
    ['pause', { state: 'paused' }],
    ['cut', { state: 'running', attached: false }],
  ])('by %s is away while the work lasts, and back when it fails', async (way, away) => {
    const work = whileFaulty(lab, { node: 'a-1', way }, async () => {
      expect(await standing('a-1')).toMatchObject(away);
      expect(await recordedFaults(directory)).toMatchObject([{ node: 'a-1', way }]);
      throw new Error('the work fails');
    });
    await expect(work).rejects.toThrow('the work fails');
    expect(await standing('a-1')).toEqual(THERE);
    expect(await recordedFaults(directory)).toEqual([]);
  });

  it('is healed after what it needs, as far as it is really away', async () => {
    const since = new Date().toISOString();
    for (const node of ['a-1', 'db', 'gone']) await recordFault(directory, { node, way: 'kill', since });
    await docker.getContainer(`${name}-db`).kill();
    await docker.getContainer(`${name}-db`).wait({ condition: 'not-running' });
    expect(await healLab(lab)).toEqual([
      { node: 'db', way: 'kill', did: 'start' },
      { node: 'a-1', way: 'kill', did: 'nothing' },
      { node: 'gone', way: 'kill', did: 'nothing' },
    ]);
    expect(await standing('db')).toEqual(THERE);
    expect(await healLab(lab)).toEqual([]);
  });

  it('is cut off from every network that it is in, and attached to each again', async () => {
    const networks = async () => {
      const { NetworkSettings } = await docker.getContainer(`${name}-a-1`).inspect();
      return Object.entries(NetworkSettings.Networks).map(([each, { IPAddress }]) => [each, IPAddress]);
    };
    const attached = { IPAMConfig: { IPv4Address: '10.210.78.60' } };
    await docker.getNetwork(dmz).connect({ Container: `${name}-a-1`, EndpointConfig: attached });
    const before = await networks();
    expect(before).toHaveLength(2);
    await whileFaulty(lab, { node: 'a-1', way: 'cut' }, async () => expect(await networks()).toEqual([]));
    expect((await networks()).toSorted()).toEqual(before.toSorted());
    await docker.getNetwork(dmz).disconnect({ Container: `${name}-a-1` });
  });

  it('must run', async () => {
    await whileFaulty(lab, { node: 'a-1', way: 'pause' }, async () => {
      const again = whileFaulty(lab, { node: 'a-1', way: 'cut' }, () => Promise.resolve());
      await expect(again).rejects.toMatchObject({ problems: [{ code: 'FAULT_IMPOSSIBLE' }] });
    });
  });
});
