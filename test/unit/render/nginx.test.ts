import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lab/plan/plan.ts';
import { renderNginx } from '../../../lab/render/nginx.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes, planTopology, type TopologyInput } from './plan-topology.ts';

const nginxOf = (plan: Plan): string => {
  const [balancer] = plan.balancers;
  if (balancer === undefined) throw new Error('the plan has no load balancer');
  return renderNginx(plan, balancer);
};

/** The text of the block that begins with this, up to its closing brace. */
const blockOf = (text: string, head: string): string => {
  const begin = text.indexOf(`${head} {`);
  return begin === -1 ? '' : text.slice(begin, text.indexOf('\n  }', begin));
};

/** The server block of a virtual host. */
const serverOf = (text: string, hostname: string, port: number): string =>
  text
    .split('\n  server {')
    .find((each) => each.includes(`server_name ${hostname};`) && each.includes(`listen ${port}`)) ?? '';

describe('nginx.conf', () => {
  it.each([
    ['five nodes of 3.0.0', 'five-nodes-3.0.0', planNodes(FIVE_NODES, '3.0.0')],
    ['pairs of 3.2.0', 'pairs-3.2.0', planNodes(ALL_PAIRS, '3.2.0')],
  ])('for %s is the reviewed one', async (_what, name, plan) => {
    await expect(nginxOf(plan)).toMatchFileSnapshot(`golden/nginx/${name}.conf`);
  });

  const pairs = nginxOf(planNodes(ALL_PAIRS, '3.2.0'));

  it('names the node behind each address', () => {
    const upstream = blockOf(pairs, 'upstream publisher-https');
    expect(upstream).toMatch(/server 10\.211\.0\.15:9443 .*; # pub-1/);
    expect(upstream).toMatch(/server 10\.211\.0\.16:9443 .*; # pub-2/);
  });

  it('has nothing for brokers and event receivers', () => {
    expect(pairs).not.toContain('stream {');
    for (const port of [5672, 8672, 9611, 9711]) expect(pairs).not.toMatch(new RegExp(`:${port}\\b`));
  });

  it("verifies nodes under the front's host name", () => {
    expect(pairs).toContain('proxy_ssl_verify on;');
    expect(serverOf(pairs, 'km.sample.test', 443)).toContain('proxy_ssl_name km.sample.test;');
  });

  it('listens on the well-known port and on one that needs no host name', () => {
    const plan = planNodes(ALL_PAIRS, '3.2.0');
    const direct = plan.balancers.flatMap(({ fronts }) => fronts).map(({ directPort }) => directPort);
    for (const port of direct) expect(pairs.match(new RegExp(`listen ${port}( ssl)?;`, 'g'))).toHaveLength(1);
    expect(serverOf(pairs, 'publisher.sample.test', 443)).toContain('listen 443 ssl;');
  });

  it('sets the headers that the product builds its URLs from', () => {
    const server = serverOf(pairs, 'publisher.sample.test', 443);
    for (const header of [
      'X-Forwarded-Host $host',
      'X-Forwarded-Server $host',
      'X-Forwarded-For $proxy_add_x_forwarded_for',
      'X-Forwarded-Port 443',
      'Host $http_host',
    ]) {
      expect(server).toContain(`proxy_set_header ${header};`);
    }
  });

  it('sends port 80 to 443 except for API traffic, which is served there', () => {
    const redirect = pairs.split('\n  server {').find((each) => each.includes('return 301')) ?? '';
    expect(redirect).toContain('publisher.sample.test');
    expect(redirect).toContain('gateway-mgt.sample.test');
    expect(redirect).not.toContain(' gateway.sample.test');
    expect(serverOf(pairs, 'gateway.sample.test', 80)).toContain('proxy_pass http://gateway-passthroughHttp;');
  });

  it('upgrades connections of WebSocket APIs only', () => {
    const upgrade = 'proxy_set_header Upgrade $http_upgrade;';
    expect(serverOf(pairs, 'gateway.sample.test', 9099)).toContain(upgrade);
    expect(serverOf(pairs, 'gateway.sample.test', 8099)).toContain('proxy_pass https://gateway-wss;');
    expect(serverOf(pairs, 'gateway.sample.test', 8099)).toContain(upgrade);
    expect(serverOf(pairs, 'gateway.sample.test', 443)).not.toContain(upgrade);
  });

  it('answers 421 to a host name that no component has', () => {
    expect(pairs).toMatch(/listen 443 ssl default_server;\s+default_type text\/plain;\s+return 421/);
  });
});

describe('one nginx for each component', () => {
  const apart = planTopology({ nodes: [...ALL_PAIRS], loadBalancer: { layout: 'per-component' } });
  const together = planTopology({ nodes: [...ALL_PAIRS] });

  it('has a name and an address of its own, and serves its component only', () => {
    expect(apart.balancers.map(({ name, address }) => [name, address])).toEqual([
      ['lb-km', '10.211.0.4'],
      ['lb-tm', '10.211.0.6'],
      ['lb-pub', '10.211.0.7'],
      ['lb-dev', '10.211.0.8'],
      ['lb-gw', '10.211.0.9'],
    ]);
    for (const balancer of apart.balancers) {
      const upstreams = renderNginx(apart, balancer).match(/upstream (\S+) \{/g) ?? [];
      expect(upstreams).toHaveLength(balancer.fronts.length);
      expect(new Set(balancer.fronts.map(({ role }) => role)).size).toBe(1);
    }
  });

  it('changes no URL: fronts, host names and ports are those of the shared one', () => {
    expect(apart.balancers.flatMap(({ fronts }) => fronts)).toEqual(together.balancers.flatMap(({ fronts }) => fronts));
  });

  it('takes no address of the database, the share, the back end or a node', () => {
    const { database, share, backend, nodes, balancers } = apart;
    const all = [database, share, backend, ...nodes, ...balancers].flatMap((part) => (part ? [part.address] : []));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('stickiness', () => {
  const pairsWith = (sticky: 'cookie' | 'address' | 'none') =>
    nginxOf(planTopology({ nodes: [...ALL_PAIRS], version: '3.1.0', loadBalancer: { sticky } }));

  it("is over the load balancer's own cookie", () => {
    const text = pairsWith('cookie');
    expect(blockOf(text, 'upstream publisher-https')).toContain('hash $affinity consistent;');
    expect(serverOf(text, 'publisher.sample.test', 443)).toContain('add_header Set-Cookie $new_route always;');
  });

  it('keeps callers of SOAP services by address, for they drop foreign cookies', () => {
    expect(blockOf(pairsWith('cookie'), 'map $uri $affinity')).toContain('~^/services/  $remote_addr;');
  });

  it('over the address takes all of it', () => {
    const text = pairsWith('address');
    expect(blockOf(text, 'upstream publisher-https')).toContain('hash $remote_addr consistent;');
    expect(text).not.toContain('Set-Cookie');
  });

  it('may be another one for a component, whether that needs it or not', () => {
    const loadBalancer: TopologyInput['loadBalancer'] = {
      sticky: 'none',
      stickyFor: { publisher: 'cookie', 'key-manager': 'address' },
    };
    const text = nginxOf(planTopology({ nodes: [...ALL_PAIRS], loadBalancer }));
    expect(blockOf(text, 'upstream publisher-https')).toContain('hash $affinity consistent;');
    expect(blockOf(text, 'upstream key-manager-https')).toContain('hash $remote_addr consistent;');
    expect(blockOf(text, 'upstream developer-portal-https')).not.toContain('hash');
  });

  it('may be left off', () => {
    expect(pairsWith('none')).not.toContain('hash $');
  });

  it('is not for API traffic, nor for a Key Manager of 3.0.0', () => {
    expect(blockOf(pairsWith('cookie'), 'upstream gateway-passthroughHttps')).not.toContain('hash');
    const first = nginxOf(planNodes(ALL_PAIRS, '3.0.0'));
    expect(blockOf(first, 'upstream key-manager-https')).not.toContain('hash');
    expect(blockOf(pairsWith('cookie'), 'upstream key-manager-https')).toContain('hash');
  });

  it('means nothing to a single node', () => {
    const text = nginxOf(planNodes(FIVE_NODES));
    expect(text).not.toContain('hash $');
    expect(text).not.toContain('Set-Cookie');
  });
});
