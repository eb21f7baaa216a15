import { describe, expect, it } from 'vitest';
import { hostPortRange, SLOTS } from '../../../lab/plan/network.ts';
import type { Placement, Plan } from '../../../lab/plan/plan.ts';
import { planLab } from '../../../lab/plan/plan-lab.ts';
import { MOST_NODES } from '../../../lab/topology/lab-names.ts';
import { topologySchema } from '../../../lab/topology/schema.ts';

const IMAGES: Placement['images'] = {
  wso2am: { '3.0.0': 'sim:3.0.0', '3.1.0': 'sim:3.1.0', '3.2.0': 'sim:3.2.0' },
  mysql: 'mysql:x',
  nginx: 'nginx:x',
  nfs: 'nfs:x',
  backend: 'backend:x',
};

const FIVE = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'].map((role) => ({ role }));

const plan = (topology: object = {}, placement: Partial<Placement> = {}): Plan =>
  planLab(topologySchema.parse({ lab: 'demo', nodes: FIVE, ...topology }), {
    slot: 0,
    kernelNfs: false,
    images: IMAGES,
    ...placement,
  });

const hostPorts = ({ nodes, balancers, database, backend }: Plan): readonly number[] =>
  [
    ...nodes.flatMap((node) => node.listeners),
    ...balancers.flatMap(({ fronts }) => fronts),
    database,
    ...(backend ? [backend] : []),
  ].flatMap(({ hostPort }) => hostPort ?? []);

describe('a plan', () => {
  it('names nodes by role and number, and hosts below the domain of the lab', () => {
    expect(plan().nodes.map(({ name, hostname }) => [name, hostname])).toEqual([
      ['km-1', 'km-1.demo.test'],
      ['tm-1', 'tm-1.demo.test'],
      ['pub-1', 'pub-1.demo.test'],
      ['dev-1', 'dev-1.demo.test'],
      ['gw-1', 'gw-1.demo.test'],
    ]);
  });

  it('goes on numbering when two entries have one role', () => {
    const nodes = [...FIVE, { role: 'gateway', replicas: 2 }];
    expect(
      plan({ nodes })
        .nodes.map(({ name }) => name)
        .slice(4),
    ).toEqual(['gw-1', 'gw-2', 'gw-3']);
  });

  it('adds the offset of a node to each of its ports', () => {
    const [node] = plan({ nodes: [{ role: 'gateway', offset: 4 }] }).nodes;
    expect(Object.fromEntries((node?.listeners ?? []).map(({ listener, port }) => [listener, port]))).toMatchObject({
      https: 9447,
      passthroughHttps: 8247,
      passthroughHttp: 8284,
      ws: 9103,
      wss: 8103,
    });
  });

  it('gives labs in different slots neither an address nor a host port in common, however large they are', () => {
    const nodes = [{ role: 'all-in-one', replicas: 32 }, ...FIVE.slice(0, MOST_NODES - 32)];
    const labs = Array.from({ length: SLOTS }, (_, slot) => plan({ nodes }, { slot }));
    const ports = labs.flatMap(hostPorts);
    expect(new Set(ports).size).toBe(ports.length);
    expect(new Set(labs.map(({ network }) => network.subnet)).size).toBe(SLOTS);
    for (const lab of labs) {
      const [first, last] = hostPortRange(lab.slot);
      expect(hostPorts(lab).every((port) => port >= first && port <= last)).toBe(true);
    }
  });

  it('keeps host ports below those that Linux takes for outgoing connections', () => {
    expect(hostPortRange(SLOTS - 1)[1]).toBeLessThan(32_768);
  });

  it('takes a host port that the topology fixes, and publishes nothing else when nothing is exposed', () => {
    const fixed = plan({ expose: false, nodes: [...FIVE.slice(0, 4), { role: 'gateway', expose: { https: 9443 } }] });
    expect(hostPorts(fixed)).toEqual([9443]);
  });

  it('gives nodes on one host one address', () => {
    const nodes = FIVE.map((node, offset) => ({ ...node, offset, host: 'vm' }));
    expect(new Set(plan({ nodes }).nodes.map(({ address }) => address)).size).toBe(1);
  });
});

describe('the load balancer', () => {
  it('never stands before the broker or the event receivers', () => {
    const fronts = plan().balancers.flatMap(({ fronts }) => fronts);
    expect(new Set(fronts.map(({ listener }) => listener))).toEqual(
      new Set(['https', 'passthroughHttps', 'passthroughHttp', 'ws', 'wss']),
    );
  });

  it('has every node of a role behind its front', () => {
    const nodes = [...FIVE.slice(0, 4), { role: 'gateway', replicas: 3 }];
    const front = plan({ nodes }).balancers[0]?.fronts.find(({ listener }) => listener === 'passthroughHttps');
    expect(front?.upstream.map(({ node }) => node)).toEqual(['gw-1', 'gw-2', 'gw-3']);
  });

  it('keeps clients on one node for portals always, for Key Managers since 3.1.0, for API traffic never', () => {
    const sticky = (version: string, role: string, listener: string) =>
      plan({ version }).balancers[0]?.fronts.find((front) => front.role === role && front.listener === listener)
        ?.sticky;
    expect(sticky('3.0.0', 'publisher', 'https')).toBe('cookie');
    expect(sticky('3.0.0', 'key-manager', 'https')).toBe('none');
    expect(sticky('3.1.0', 'key-manager', 'https')).toBe('cookie');
    expect(sticky('3.2.0', 'gateway', 'passthroughHttps')).toBe('none');
  });

  it('lends its host name to portals, and to a pair of gateways, but not to a single one', () => {
    const names = (replicas: number) =>
      plan({ nodes: [...FIVE.slice(0, 4), { role: 'gateway', replicas }] }).nodes.map((node) => node.serverHostname);
    expect(names(1).slice(2)).toEqual(['publisher.demo.test', 'devportal.demo.test', 'gw-1.demo.test']);
    expect(names(2).slice(4)).toEqual(['gateway.demo.test', 'gateway.demo.test']);
  });
});

describe('the shared file system', () => {
  it('is mounted by the kernel where there is a client, else through FUSE', () => {
    expect(plan({}, { kernelNfs: true }).share?.mount).toBe('kernel');
    expect(plan({}, { kernelNfs: false }).share?.mount).toBe('fuse');
  });

  it('shares the synapse configuration of gateways and the execution plans of Traffic Managers, never their parent', () => {
    expect(plan().share?.directories).toEqual(['executionplans', 'synapse-configs']);
    expect(
      plan()
        .nodes.filter(({ shares }) => shares.length > 0)
        .map(({ name }) => name),
    ).toEqual(['tm-1', 'gw-1']);
  });
});

describe('the back end', () => {
  it('has an address of its own, under the same name in every lab', () => {
    expect(plan({ lab: 'other' }, { slot: 3 }).backend).toEqual({
      name: 'backend',
      image: 'backend:x',
      hostname: 'backend.other.test',
      address: '10.211.3.5',
      port: 8080,
      hostPort: hostPortRange(3)[0] + 391,
    });
  });

  it('can be left out', () => {
    expect(plan({ backend: false }).backend).toBeUndefined();
  });

  it('is started beside the others: nobody waits for it, and it for nobody', () => {
    expect(plan().start.filter(({ from, to }) => from === 'backend' || to === 'backend')).toEqual([]);
  });
});

describe('a start graph', () => {
  it('has no cycle and names only what is in the plan, for every version', () => {
    for (const version of ['3.0.0', '3.1.0', '3.2.0']) {
      const { start, nodes, database, share, balancers } = plan({
        version,
        nodes: FIVE.map((n) => ({ ...n, replicas: 2 })),
      });
      const names = new Set([...nodes, database, ...(share ? [share] : []), ...balancers].map(({ name }) => name));
      expect(start.every(({ from, to }) => names.has(from) && names.has(to))).toBe(true);
      const settled = new Set<string>();
      for (let round = 0; round < names.size; round += 1) {
        for (const name of names) {
          if (start.filter(({ from }) => from === name).every(({ to }) => settled.has(to))) settled.add(name);
        }
      }
      expect(settled).toEqual(names);
    }
  });
});
