import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../lab/plan/plan.ts';
import { planServices } from '../../../../lab/render/compose/services.ts';
import { shareNotice } from '../../../../lab/render/compose/share-mounts.ts';
import { ALL_PAIRS, planTopology } from '../plan-topology.ts';

const product = { image: 'wso2/wso2am:3.0.0' };
/** What `auto` comes to where the kernel has no NFS client. */
const WITHOUT_KERNEL = { mount: 'fuse' } as const;
const HOME = '/home/wso2carbon/wso2am-3.0.0/repository/deployment/server';
const volumesOf = (plan: Plan, name: string) =>
  (planServices(plan)[name]?.volumes ?? []).filter((volume) => volume.includes(HOME));

describe('directories that product and simulator nodes share', () => {
  const mixed = planTopology({
    sharedFileSystem: WITHOUT_KERNEL,
    nodes: [
      ...ALL_PAIRS.filter(({ role }) => role !== 'gateway'),
      { role: 'gateway' },
      { role: 'gateway', ...product },
    ],
  });

  it('are one plain volume for all of them where the Docker host has no NFS client', () => {
    for (const gateway of ['gw-1', 'gw-2']) {
      expect(volumesOf(mixed, gateway)).toEqual([`synapse-configs:${HOME}/synapse-configs`]);
    }
    expect(planServices(mixed)['gw-1']).not.toHaveProperty('cap_add');
    expect(mixed.start.filter(({ from, to }) => from.startsWith('gw') && to === 'nfs')).toEqual([]);
  });

  it('leave those of simulator nodes alone on NFS, and the start says which are where', () => {
    expect(volumesOf(mixed, 'tm-1')).toEqual([]);
    expect(planServices(mixed)['tm-1']?.environment?.NFS_MOUNTS).toMatch(/\/executionplans$/);
    expect(mixed.links.filter(({ to }) => to === 'nfs').map(({ from }) => from)).toEqual(['tm-1', 'tm-2']);
    expect(shareNotice(mixed)).toMatch(/executionplans: NFS, .*; synapse-configs: a plain .*neither product nodes/);
  });

  it('want no NFS server when none is left on it', () => {
    const all = planTopology({ ...product, nodes: [...ALL_PAIRS], sharedFileSystem: WITHOUT_KERNEL });
    expect(planServices(all)).not.toHaveProperty('nfs');
    expect(volumesOf(all, 'gw-2')).toEqual([`synapse-configs:${HOME}/synapse-configs`]);
  });

  it('are on NFS all the same where the kernel of the Docker host mounts it', () => {
    const kernel = planTopology({ ...product, nodes: [...ALL_PAIRS], sharedFileSystem: { mount: 'kernel' } });
    expect(planServices(kernel)).toHaveProperty('nfs');
    expect(kernel.links.filter(({ to }) => to === 'nfs').map(({ from }) => from)).toContain('gw-2');
  });
});
