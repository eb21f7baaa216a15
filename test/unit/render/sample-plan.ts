import type { Plan, PlannedFront, PlannedNode } from '../../../lab/plan/plan.ts';
import { DEFAULT_ENVIRONMENT } from '../../../lab/product/gateway-environments.ts';
import { listenersOf, portOf } from '../../../lab/product/ports.ts';
import type { Role } from '../../../lab/product/roles.ts';

/** A plan written by hand, for renderers whose tests should not depend on how plans are made: two Key Managers, a gateway. */
export const samplePlan = (changes: Partial<Plan> = {}): Plan => ({
  lab: 'sample',
  project: 'apim-sample',
  version: '3.2.0',
  domain: 'sample.test',
  slot: 0,
  network: { name: 'lab', subnet: '10.211.0.0/24', gateway: '10.211.0.1', range: '10.211.0.128/25' },
  admin: { username: 'admin', password: 'admin' },
  nodes: [
    sampleNode('key-manager', 'km-1', '10.211.0.11', { serverHostname: 'km.sample.test' }),
    sampleNode('key-manager', 'km-2', '10.211.0.12', { serverHostname: 'km.sample.test', replica: 2 }),
    sampleNode('gateway', 'gw-1', '10.211.0.13', {
      offset: 4,
      hostname: 'gw.bank.test',
      serverHostname: 'gw.bank.test',
    }),
  ],
  database: {
    name: 'mysql',
    image: 'mysql',
    own: true,
    hostname: 'mysql.sample.test',
    address: '10.211.0.2',
    port: 3306,
    apim: { name: 'apim_db', username: 'apimadmin', password: 'apimadmin' },
    shared: { name: 'shared_db', username: 'sharedadmin', password: 'sharedadmin' },
  },
  balancers: [
    {
      name: 'lb',
      image: 'nginx',
      address: '10.211.0.4',
      fronts: [
        sampleFront('key-manager', 'https', 'km.sample.test'),
        sampleFront('gateway', 'https', 'gateway-mgt.sample.test'),
        sampleFront('gateway', 'passthroughHttps', 'gateway.sample.test'),
      ],
    },
  ],
  apis: 'share',
  environments: [{ ...DEFAULT_ENVIRONMENT, dmz: false }],
  firewall: [],
  links: [],
  start: [],
  ...changes,
});

/** One node of a sample plan. */
export const sampleNode = (
  role: Role,
  name: string,
  address: string,
  changes: Partial<PlannedNode> = {},
): PlannedNode => {
  const offset = changes.offset ?? 0;
  return {
    name,
    role,
    replica: 1,
    image: 'wso2am',
    simulated: true,
    hostname: `${name}.sample.test`,
    serverHostname: `${name}.sample.test`,
    address,
    offset,
    listeners: listenersOf(role, '3.2.0').map((listener) => ({ listener, port: portOf(listener, offset) })),
    shares: [],
    memory: '256m',
    extraToml: [],
    ...changes,
  };
};

const sampleFront = (role: Role, listener: PlannedFront['listener'], hostname: string): PlannedFront => ({
  role,
  listener,
  hostname,
  port: 443,
  directPort: 10_000,
  sticky: 'none',
  upstream: [],
});
