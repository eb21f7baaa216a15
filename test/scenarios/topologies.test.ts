import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { LabUnderTest } from './lab-under-test.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/topologies/${name}.yaml`, import.meta.url), 'utf8');

let lab: LabUnderTest | undefined;
afterEach(() => lab?.dispose());

/** Brings a fixture up under a name of the test's and returns what `up` answered. */
const bringUp = async (name: string, extra = '') => {
  lab = new LabUnderTest(`t-${name.replaceAll('.', '-')}`);
  lab.write(fixture(name).replace(/^lab:.*$/m, `lab: ${lab.name}${extra}`));
  return JSON.parse((await lab.ok('up', '--json')).stdout);
};

describe('a lab from a topology of fixtures/', () => {
  it.each(['five-node-3.1.0', 'gateway-pair', 'pairs'])('%s is healthy and issues tokens', async (name) => {
    const up = await bringUp(name);
    expect(up.nodes.every(({ health }: { health: string }) => health === 'healthy')).toBe(true);
    expect(up.probes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it("documentation, with the hosts, offsets and MySQL root user of the product's page", async () => {
    const up = await bringUp('documentation');
    expect(up.nodes.map(({ hostname, offset }: { hostname: string; offset: number }) => [hostname, offset])).toEqual([
      ['km.wso2.com', 0],
      ['pub.wso2.com', 1],
      ['store.wso2.com', 2],
      ['tm.wso2.com', 3],
      ['gw.wso2.com', 4],
    ]);
    expect(up.probes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it('with all nodes on one machine, told apart by offsets', async () => {
    lab = new LabUnderTest('t-one-host');
    const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
    const nodes = roles.map((role, offset) => `  - { role: ${role}, host: vm, offset: ${offset} }\n`).join('');
    lab.write(`lab: ${lab.name}\nnodes:\n${nodes}`);
    const up = JSON.parse((await lab.ok('up', '--json')).stdout);
    expect(new Set(up.nodes.map(({ address }: { address: string }) => address)).size).toBe(1);
    expect(up.probes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it('with a plain volume instead of NFS', async () => {
    const up = await bringUp('gateway-pair', '\nsharedFileSystem: { type: volume }');
    expect(up.parts.map(({ name }: { name: string }) => name)).not.toContain('nfs');
    await lab?.ok('exec', 'gw-1', 'touch', 'repository/deployment/server/synapse-configs/default/x.xml');
    await lab?.ok('exec', 'gw-2', 'ls', 'repository/deployment/server/synapse-configs/default/x.xml');
  });
});
