import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followEvents } from '../../lab/engine/events.ts';
import type { Hop, ProbeReport } from '../../lab/probes/report.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

const lab = new LabUnderTest('t-failover');

beforeAll(async () => {
  const single = ['traffic-manager', 'publisher', 'developer-portal'].map((role) => `  - role: ${role}\n`).join('');
  const pairs = ['key-manager', 'gateway'].map((role) => `  - { role: ${role}, replicas: 2 }\n`).join('');
  // A gateway loads what was revoked without its minute of delay.
  const noDelay = 'toml: |\n  [apim.throttling.blacklist_condition]\n  start_delay = 0\n';
  lab.write(`lab: ${lab.name}\nversion: 3.0.0\n${noDelay}nodes:\n${single}${pairs}`);
  await lab.ok('up', '--no-probes');
});
afterAll(() => lab.dispose());

const stateOf = async (node: string) => {
  const { State, NetworkSettings } = await docker.getContainer((await lab.containers())[node] ?? '').inspect();
  return { state: State.Status, networks: Object.keys(NetworkSettings.Networks).length };
};

const faults = async (): Promise<readonly object[]> => JSON.parse((await lab.run('status', '--json')).stdout).faults;

/** The first line that a command prints; a command that ends without one fails the test. */
const firstLine = async (child: ReturnType<LabUnderTest['start']>): Promise<string> => {
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('ended without a line');
};

/** What resolves once Docker tells that a node died; events are followed from now on. */
const deathOf = async (node: string): Promise<() => Promise<void>> => {
  const events = await followEvents(docker, lab.name, new AbortController().signal);
  return async () => {
    for await (const event of events) if (event.node === node && event.action === 'die') return;
    throw new Error('Docker tells nothing more');
  };
};

/** Waits for what a command is to do; a command that ends before fails the test. */
const unlessEnded = async (child: ReturnType<LabUnderTest['start']>, awaited: Promise<void>): Promise<void> => {
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`the command ended with ${code}`);
  });
  ended.catch(() => undefined);
  await Promise.race([awaited, ended]);
};

const AWAY = {
  kill: { state: 'exited', networks: 1 },
  pause: { state: 'paused', networks: 1 },
  cut: { state: 'running', networks: 0 },
};
const THERE = { state: 'running', networks: 1 };

describe('a node that is taken away', () => {
  it.each(['kill', 'pause', 'cut'] as const)('by %s is back after Ctrl-C', async (way) => {
    const child = lab.start('fault', 'gw-2', way, '--json');
    expect(JSON.parse(await firstLine(child))).toMatchObject({ kind: 'applied', fault: { node: 'gw-2', way } });
    expect(await stateOf('gw-2')).toMatchObject(AWAY[way]);
    expect(await faults()).toMatchObject([{ node: 'gw-2', way }]);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(await stateOf('gw-2')).toMatchObject(THERE);
    expect(await faults()).toEqual([]);
  });

  it('keeps its address and its names through a cut', async () => {
    const networks = async () => {
      const { NetworkSettings } = await docker.getContainer((await lab.containers())['gw-2'] ?? '').inspect();
      return Object.values(NetworkSettings.Networks).map(({ IPAddress, Aliases }) => ({ IPAddress, Aliases }));
    };
    const before = await networks();
    await lab.ok('fault', 'gw-2', 'cut', '--for', '0.1');
    expect(await networks()).toEqual(before);
  });

  it('is brought back by heal after a SIGKILL, and heal then finds nothing to do', async () => {
    const child = lab.start('fault', 'km-2', 'cut');
    await firstLine(child);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await stateOf('km-2')).toMatchObject(AWAY.cut);
    const again = await lab.run('fault', 'km-2', 'pause');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('FAULT_THERE') });
    const healed = [{ node: 'km-2', way: 'cut', did: 'connect' }];
    expect(JSON.parse((await lab.ok('heal', '--json')).stdout)).toEqual({ healed });
    expect(await stateOf('km-2')).toMatchObject(THERE);
    expect(JSON.parse((await lab.ok('heal', '--json')).stdout)).toEqual({ healed: [] });
  });

  it('is brought back by up, too', async () => {
    const child = lab.start('fault', 'gw-1', 'cut');
    await firstLine(child);
    child.kill('SIGKILL');
    await once(child, 'close');
    await lab.ok('up', '--no-probes');
    expect(await stateOf('gw-1')).toMatchObject(THERE);
    expect(await faults()).toEqual([]);
  });
});

describe('the probe failover', () => {
  it('passes for pairs of Key Managers and Gateways, each away in three ways', async () => {
    const report: ProbeReport = JSON.parse((await lab.run('probe', 'failover', '--json')).stdout);
    expect(report.hops.filter(({ verdict }: Hop) => verdict !== 'pass')).toEqual([]);
    const away = ['km-1 killed', 'gw-1 killed', 'km-2 paused', 'gw-2 paused', 'km-1 cut off', 'gw-1 cut off'];
    const failedOver = report.hops.map(({ name }) => name).filter((name) => name.startsWith('fail over'));
    expect(failedOver).toEqual(away.map((each) => `fail over, ${each}`));
    const details = report.hops
      .filter(({ name }) => name.startsWith('catch up on the revocation'))
      .map(({ detail }) => detail);
    expect(details.slice(0, 2)).toEqual(Array(2).fill(expect.stringMatching(/^refuses the revoked token/)));
    expect(await faults()).toEqual([]);
  });

  it('leaves a node away when it is killed, until heal brings it back', async () => {
    const death = await deathOf('km-1');
    const child = lab.start('probe', 'failover');
    await unlessEnded(child, death());
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await faults()).toMatchObject([{ node: 'km-1', way: 'kill' }]);
    await lab.ok('heal');
    expect(await stateOf('km-1')).toMatchObject(THERE);
  });

  it('brings the node back and removes what it made at Ctrl-C', async () => {
    const death = await deathOf('km-1');
    const child = lab.start('probe', 'failover');
    await unlessEnded(child, death());
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(await stateOf('km-1')).toMatchObject(THERE);
    expect(await faults()).toEqual([]);
    await lab.ok('probe', 'token-issuance');
  });
});
