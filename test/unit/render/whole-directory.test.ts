import { describe, expect, it } from 'vitest';
import { planServices } from '../../../lab/render/compose/services.ts';
import { ALL_PAIRS, planTopology, type TopologyInput } from './plan-topology.ts';

const SERVER = '/home/wso2carbon/wso2am-3.0.0/repository/deployment/server';

const sharing = (changes: Partial<TopologyInput> = {}) =>
  planTopology({
    nodes: [...ALL_PAIRS],
    sharedFileSystem: { mount: 'fuse', directories: 'server' },
    ...changes,
  });

const mountsOf = (plan: ReturnType<typeof sharing>, node: string): string | undefined =>
  planServices(plan)[node]?.environment?.NFS_MOUNTS;

describe('sharing all of the deployment directory', () => {
  it('is sharing one directory, another for each role', () => {
    const plan = sharing();
    expect(mountsOf(plan, 'gw-1')).toBe(`10.211.0.3:/export/server-gateway=${SERVER}`);
    expect(mountsOf(plan, 'gw-2')).toBe(mountsOf(plan, 'gw-1'));
    expect(mountsOf(plan, 'tm-2')).toBe(`10.211.0.3:/export/server-traffic-manager=${SERVER}`);
    expect(plan.share?.directories).toEqual(['server-traffic-manager', 'server-gateway']);
  });

  it('is nothing for roles that share nothing', () => {
    for (const node of ['km-1', 'pub-1', 'dev-2']) expect(mountsOf(sharing(), node)).toBeUndefined();
  });

  it('keeps gateway environments apart', () => {
    const plan = sharing({
      environments: [{ name: 'Internal' }, { name: 'External' }],
      nodes: [...ALL_PAIRS, { role: 'gateway', environment: 'External' }],
    });
    expect(mountsOf(plan, 'gw-3')).toBe(`10.211.0.3:/export/server-gateway-external=${SERVER}`);
    expect(mountsOf(plan, 'gw-1')).toBe(`10.211.0.3:/export/server-gateway-internal=${SERVER}`);
  });

  it('goes by a volume too', () => {
    const plan = sharing({ sharedFileSystem: { type: 'volume', directories: 'server' } });
    expect(planServices(plan)['gw-1']?.volumes).toContain(`server-gateway:${SERVER}`);
  });
});
