import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Plan } from '../../../lab/plan/plan.ts';
import type { Role } from '../../../lab/product/roles.ts';
import { planTopology } from './plan-topology.ts';
import { renderedKeys } from './rendered-keys.ts';

const ROOT = { username: 'root', password: 'root' };

/** The deployment of the documentation's page: five servers, offsets 0 to 4, no load balancer. */
const documented = (): Plan => {
  const plan = planTopology({
    lab: 'documentation',
    version: '3.0.0',
    nodes: [
      { role: 'key-manager', hostname: 'km.wso2.com', offset: 0 },
      { role: 'publisher', hostname: 'pub.wso2.com', offset: 1 },
      { role: 'developer-portal', hostname: 'store.wso2.com', offset: 2 },
      { role: 'traffic-manager', hostname: 'tm.wso2.com', offset: 3 },
      { role: 'gateway', hostname: 'gw.wso2.com', offset: 4 },
    ],
    database: { hostname: 'db.wso2.com', apim: ROOT, shared: ROOT },
    loadBalancer: { enabled: false },
  });
  // On a server of its own each node calls itself by the loopback address; in a lab it has one in the lab's network.
  return { ...plan, nodes: plan.nodes.map((node) => ({ ...node, address: '127.0.0.1' })) };
};

type Exception = { readonly rendered: unknown; readonly reason: string };

const ON_MYSQL = 'the sample keeps the shared database on H2; with tenants every node needs the one that others write';

/** Keys of the samples that the lab renders otherwise. */
const EXCEPTIONS: Readonly<Partial<Record<Role, Readonly<Record<string, Exception>>>>> = {
  'traffic-manager': {
    'database.shared_db.type': { rendered: 'mysql', reason: ON_MYSQL },
    'database.shared_db.url': { rendered: undefined, reason: `${ON_MYSQL}; the product infers the URL` },
    'database.shared_db.username': { rendered: 'root', reason: ON_MYSQL },
    'database.shared_db.password': { rendered: 'root', reason: ON_MYSQL },
  },
  'developer-portal': {
    'apim.gateway.environment[0].ws_endpoint': {
      rendered: 'ws://gw.wso2.com:9103',
      reason: "the sample forgets the gateway's offset of 4, which no URL gets by itself",
    },
  },
};

const NODES = [
  ['key-manager', 'km-1'],
  ['traffic-manager', 'tm-1'],
  ['publisher', 'pub-1'],
  ['developer-portal', 'dev-1'],
  ['gateway', 'gw-1'],
] as const;

const factsOf = (role: Role): Readonly<Record<string, unknown>> => {
  const file = new URL(`../../../fixtures/documentation/3.0.0/${role}.yaml`, import.meta.url);
  return z.record(z.string(), z.unknown()).parse(parse(readFileSync(file, 'utf8')));
};

describe("the documentation's samples", () => {
  it.each(NODES)('for the %s are rendered with every key and the same value, but for the exceptions', (role, node) => {
    const rendered = renderedKeys(documented(), node);
    const exceptions = EXCEPTIONS[role] ?? {};
    const expected = Object.entries(factsOf(role)).map(([key, value]) => [
      key,
      key in exceptions ? exceptions[key]?.rendered : value,
    ]);
    expect(expected.map(([key]) => [key, rendered.get(String(key))])).toEqual(expected);
  });

  it('say something else wherever an exception stands', () => {
    const exceptions = NODES.flatMap(([role]) =>
      Object.entries(EXCEPTIONS[role] ?? {}).map(([key, { rendered }]) => ({ stated: factsOf(role)[key], rendered })),
    );
    expect(exceptions.length).toBeGreaterThan(0);
    for (const { stated, rendered } of exceptions) {
      expect(stated).toBeDefined();
      expect(stated).not.toEqual(rendered);
    }
  });
});
