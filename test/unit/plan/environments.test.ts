import { describe, expect, it } from 'vitest';
import { describeLab } from '../../../lab/plan/description.ts';
import type { Version } from '../../../lab/product/versions.ts';
import { planServices } from '../../../lab/render/compose/services.ts';
import { renderDeploymentToml } from '../../../lab/render/deployment-toml/render-deployment-toml.ts';
import { FIVE_NODES, nodeNamed, planTopology, type TopologyInput } from '../render/plan-topology.ts';

const others = FIVE_NODES.filter(({ role }) => role !== 'gateway');

const bank = (changes: Partial<TopologyInput> = {}) =>
  planTopology({
    environments: [{ name: 'Internal' }, { name: 'Partner API', type: 'production' }],
    nodes: [
      ...others,
      { role: 'gateway', environment: 'Partner API' },
      { role: 'gateway', environment: 'Internal', replicas: 2 },
    ],
    ...changes,
  });

const tomlOf = (plan: ReturnType<typeof bank>, node: string): string =>
  renderDeploymentToml(plan, nodeNamed(plan, node));

/** `service_url` by environment. */
const environmentsIn = (toml: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [
      ...toml.matchAll(/\[\[apim\.gateway\.environment\]\]\nname = "(.*)"\ntype = "(.*)"[^[]*?\nservice_url = "(.*)"/g),
    ].map(([, name = '', type, url]) => [name, `${type} ${url}`]),
  );

describe('gateway environments', () => {
  it('are the one of the documentation unless a lab names others', () => {
    expect(environmentsIn(tomlOf(planTopology(), 'pub-1'))).toEqual({
      'Production and Sandbox': 'hybrid https://gw-1.sample.test:9443/services/',
    });
  });

  it('are told apart by names at the load balancer, and a lone gateway is called by its own', () => {
    const wanted = {
      Internal: 'hybrid https://gateway-mgt-internal.sample.test/services/',
      'Partner API': 'production https://gw-1.sample.test:9443/services/',
    };
    const plan = bank();
    for (const node of ['pub-1', 'dev-1', 'km-1']) expect(environmentsIn(tomlOf(plan, node)), node).toEqual(wanted);
    expect(nodeNamed(plan, 'gw-2').serverHostname).toBe('gateway-internal.sample.test');
  });

  it('show the token endpoint of the first one, which tokens are also revoked at', () => {
    const toml = tomlOf(bank(), 'dev-1');
    expect([...toml.matchAll(/show_as_token_endpoint_url = (.*)/g)].map(([, shown]) => shown)).toEqual([
      'true',
      'false',
    ]);
    expect(toml).toContain('revoke_endpoint = "https://gateway-internal.sample.test/revoke"');
  });

  it('have a balancer group and a shared directory each, so that no gateway finds the APIs of another environment', () => {
    const plan = bank({ sharedFileSystem: { mount: 'fuse' } });
    const upstreams = plan.balancers
      .flatMap(({ fronts }) => fronts)
      .filter(({ role, listener }) => role === 'gateway' && listener === 'passthroughHttps')
      .map(({ hostname, upstream }) => [hostname, upstream.map(({ node }) => node)]);
    expect(upstreams).toEqual([
      ['gateway-partner-api.sample.test', ['gw-1']],
      ['gateway-internal.sample.test', ['gw-2', 'gw-3']],
    ]);
    const services = planServices(plan);
    const mount = (node: string) => /\/export\/(\S+?)=/.exec(services[node]?.environment?.NFS_MOUNTS ?? '')?.[1];
    expect(['gw-1', 'gw-2', 'gw-3'].map(mount)).toEqual([
      'synapse-configs-partner-api',
      'synapse-configs-internal',
      'synapse-configs-internal',
    ]);
    expect(services.nfs?.environment?.SHARED_DIRECTORIES?.split(' ')).toEqual([
      'executionplans',
      'synapse-configs-partner-api',
      'synapse-configs-internal',
    ]);
  });

  it('are described with their gateways and URLs; the role has those of the first', () => {
    const trust = { caFile: '', trustStore: '', trustStorePassword: '' };
    const { environments, endpoints, nodes } = describeLab(bank(), { topology: '', trust });
    expect(environments.map(({ name, type, gateways }) => [name, type, gateways])).toEqual([
      ['Internal', 'hybrid', ['gw-2', 'gw-3']],
      ['Partner API', 'production', ['gw-1']],
    ]);
    expect(endpoints.gateway).toEqual(environments[0]?.urls);
    expect(environments[1]?.urls.passthroughHttps).not.toBe(endpoints.gateway?.passthroughHttps);
    expect(nodes.filter(({ role }) => role === 'gateway').map(({ environment }) => environment)).toEqual([
      'Partner API',
      'Internal',
      'Internal',
    ]);
  });

  it.each<Version>(['3.0.0', '3.1.0', '3.2.0'])('are called by Publishers one by one in %s', (version) => {
    const { links } = bank({ version });
    const deployments = links.filter(
      ({ from, key }) => from === 'pub-1' && key === 'apim.gateway.environment.service_url',
    );
    expect(deployments.map(({ to, port }) => `${to}:${port}`)).toEqual(['lb:443', 'gw-1:9443']);
  });

  it('are served by all-in-ones where there are no gateways', () => {
    const plan = planTopology({ environments: [{ name: 'House' }], nodes: [{ role: 'all-in-one', replicas: 2 }] });
    const trust = { caFile: '', trustStore: '', trustStorePassword: '' };
    expect(describeLab(plan, { topology: '', trust }).environments).toMatchObject([
      { name: 'House', gateways: ['aio-1', 'aio-2'], urls: { https: expect.any(String) } },
    ]);
  });
});
