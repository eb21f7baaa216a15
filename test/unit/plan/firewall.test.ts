import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../../lab/plan/plan.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { renderCompose } from '../../../lab/render/compose/compose-project.ts';
import { planServices } from '../../../lab/render/compose/services.ts';
import { renderDeploymentToml } from '../../../lab/render/deployment-toml/render-deployment-toml.ts';
import { renderPassage } from '../../../lab/render/nginx/passage.ts';
import { ALL_PAIRS, FIVE_NODES, nodeNamed, planTopology, type TopologyInput } from '../render/plan-topology.ts';

const inDmz = (nodes: TopologyInput['nodes'], changes: Partial<TopologyInput> = {}): Plan =>
  planTopology({ environments: [{ name: 'External', dmz: true }], nodes, ...changes });

/** `km-1.sample.test: 9443 to 10.211.0.11:9443`, of every port that is open. */
const openIn = ({ firewall }: Plan): readonly string[] =>
  firewall.flatMap(({ hostname, ports }) =>
    ports.map(({ port, to }) => `${hostname}: ${port} to ${to.address}:${to.port}`),
  );

describe('the firewall before a DMZ', () => {
  it('lets a gateway reach the ports that its configuration names, and the back end', () => {
    expect(openIn(inDmz([...FIVE_NODES]))).toEqual([
      'km-1.sample.test: 9443 to 10.211.0.11:9443',
      'tm-1.sample.test: 5672 to 10.211.0.12:5672',
      'tm-1.sample.test: 9611 to 10.211.0.12:9611',
      'tm-1.sample.test: 9711 to 10.211.0.12:9711',
      'backend.sample.test: 8080 to 10.211.0.5:8080',
    ]);
  });

  it('opens the event hub too in 3.2.0', () => {
    expect(openIn(inDmz([...FIVE_NODES], { version: '3.2.0' }))).toContain(
      'tm-1.sample.test: 9443 to 10.211.0.12:9443',
    );
  });

  it.each(VERSIONS)('leaves no host name of a configuration unreachable in %s, and knows MySQL in none', (version) => {
    const plan = inDmz([...ALL_PAIRS], { version, sharedFileSystem: { mount: 'fuse' } });
    const own = ['gw-1.sample.test', 'gw-2.sample.test', 'gateway.sample.test'];
    const toml = renderDeploymentToml(plan, nodeNamed(plan, 'gw-1'));
    const named = new Set([...toml.matchAll(/[\w-]+\.sample\.test/g)].map(([hostname]) => hostname));
    const open = plan.firewall.map(({ hostname }) => hostname);
    expect([...named].filter((hostname) => !own.includes(hostname)).toSorted()).toEqual(
      open.filter((hostname) => !/^(backend|nfs)\./.test(hostname)).toSorted(),
    );
    expect(toml).toContain('url = "jdbc:h2:./repository/database/WSO2SHARED_DB;DB_CLOSE_ON_EXIT=FALSE"');
    expect(openIn(plan).filter((way) => way.includes('3306'))).toEqual([]);
    expect(plan.start.filter(({ from, to }) => from === 'gw-1' && to === 'mysql')).toEqual([]);
  });

  it('leads to a pair by a port of the load balancer that serves nothing else', () => {
    const plan = inDmz([...ALL_PAIRS]);
    const front = plan.balancers[0]?.fronts.find(({ hostname }) => hostname === 'km.sample.test');
    expect(openIn(plan)).toContain(`km.sample.test: 443 to 10.211.0.4:${front?.directPort}`);
    expect(openIn(plan).filter((way) => way.includes('10.211.0.4:'))).toHaveLength(1);
  });

  it('lets two gateways to the share that they mount themselves, and a lone one not even there', () => {
    const changes = { sharedFileSystem: { mount: 'fuse' as const } };
    const pair = inDmz([...FIVE_NODES, { role: 'gateway' }], changes);
    expect(openIn(pair).filter((way) => way.startsWith('nfs.'))).toEqual([
      'nfs.sample.test: 2049 to 10.211.0.3:2049',
      'nfs.sample.test: 20048 to 10.211.0.3:20048',
    ]);
    const nfs = pair.firewall.find(({ hostname }) => hostname === 'nfs.sample.test');
    expect(planServices(pair)['gw-1']?.environment?.NFS_MOUNTS).toContain(
      `${nfs?.dmzAddress}:/export/synapse-configs=`,
    );
    const alone = inDmz([...FIVE_NODES], changes);
    expect(openIn(alone).filter((way) => way.startsWith('nfs.'))).toEqual([]);
    expect(planServices(alone)['gw-1']?.volumes).toContainEqual(expect.stringMatching(/^gw-1-synapse-configs:/));
  });

  it('stands with its load balancer in both networks, and everything else in one', () => {
    const plan = inDmz([...FIVE_NODES]);
    const project = parse(renderCompose(plan, new Map()));
    const networks = Object.entries(planServices(plan)).map(([name, service]) => [
      name,
      Object.keys(service.networks ?? {}),
    ]);
    const both = ['lb-dmz', 'fw-km-1', 'fw-tm-1', 'fw-backend'];
    for (const [name, found] of networks) {
      const wanted = name === 'gw-1' ? ['dmz'] : both.includes(String(name)) ? ['lab', 'dmz'] : ['lab'];
      expect(found, String(name)).toEqual(wanted);
    }
    expect(project.networks.dmz).toMatchObject({
      ipam: { config: [{ subnet: '10.212.0.0/24', gateway: '10.212.0.1' }] },
      driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    });
  });

  it('has only its own gateways before its load balancer, and is up before they start', () => {
    const plan = inDmz([...FIVE_NODES]);
    const [, dmz] = plan.balancers;
    expect(new Set(dmz?.fronts.flatMap(({ upstream }) => upstream.map(({ node }) => node)))).toEqual(new Set(['gw-1']));
    expect(renderDeploymentToml(plan, nodeNamed(plan, 'pub-1'))).toContain('https://gateway-mgt.sample.test/services/');
    const awaited = plan.start.filter(({ from }) => from === 'gw-1').map(({ to }) => to);
    expect(awaited).toEqual(expect.arrayContaining(plan.firewall.map(({ name }) => name)));
  });

  it('passes bytes on and answers for nothing else', () => {
    const plan = inDmz([...FIVE_NODES]);
    const [keyManager] = plan.firewall;
    const text = keyManager ? renderPassage(plan, keyManager) : '';
    expect([...text.matchAll(/listen (.*);/g)].map(([, port]) => port)).toEqual(['9443', '127.0.0.1:1']);
    expect(text).toContain('proxy_pass 10.211.0.11:9443;');
  });

  it('is not there where nobody stands in a DMZ', () => {
    expect(planTopology().firewall).toEqual([]);
    expect(planTopology().dmz).toBeUndefined();
  });
});
