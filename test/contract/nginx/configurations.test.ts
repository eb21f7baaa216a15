import { fileURLToPath } from 'node:url';
import { GenericContainer, type StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labImages } from '../../../lab/engine/lab-images.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { issueCertificates } from '../../../lab/render/certificates/issue-certificates.ts';
import { renderPassage } from '../../../lab/render/nginx/passage.ts';
import { renderNginx } from '../../../lab/render/nginx.ts';
import { ALL_PAIRS, FIVE_NODES, planTopology, type TopologyInput } from '../../unit/render/plan-topology.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CERTIFICATES = '/etc/nginx/certificates';

/** What removes containers after a killed test run is an image of a registry; our runs remove their own. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';

let nginx: StartedTestContainer;

beforeAll(async () => {
  const set = await issueCertificates(
    [
      { name: 'ca', commonName: 'test authority', hostnames: [], addresses: [] },
      { name: 'lb', commonName: 'lb', hostnames: ['lb'], addresses: [] },
    ],
    new Map(),
    new Date(),
  );
  const { certificate, key } = credentialOf(set, 'lb');
  const image = (await labImages(ROOT)).nginx;
  nginx = await new GenericContainer(image)
    .withCommand(['sleep', 'infinity'])
    .withCopyContentToContainer([
      { target: `${CERTIFICATES}/ca.pem`, content: credentialOf(set, 'ca').certificate },
      { target: `${CERTIFICATES}/lb.pem`, content: certificate },
      { target: `${CERTIFICATES}/lb.key`, content: key },
    ])
    .start();
});
afterAll(() => nginx?.stop());

const LAYOUTS = ['shared', 'per-component'] as const;
const STICKY = ['cookie', 'address', 'none'] as const;

type Variant = readonly [what: string, topology: Partial<TopologyInput>];

const VARIANTS: readonly Variant[] = [
  ...LAYOUTS.flatMap((layout) =>
    STICKY.map(
      (sticky): Variant => [`pairs, ${layout}, ${sticky}`, { nodes: [...ALL_PAIRS], loadBalancer: { layout, sticky } }],
    ),
  ),
  ['five nodes', { nodes: [...FIVE_NODES] }],
  ['a pair of all-in-ones', { nodes: [{ role: 'all-in-one', replicas: 2 }], version: '3.2.0' }],
  [
    'several environments, one of them in the DMZ',
    {
      environments: [{ name: 'Internal' }, { name: 'External', dmz: true }],
      nodes: [...ALL_PAIRS, { role: 'gateway', environment: 'External', replicas: 2 }],
      sharedFileSystem: { mount: 'fuse' },
    },
  ],
  [
    'another stickiness for one component',
    { nodes: [...ALL_PAIRS], loadBalancer: { sticky: 'none', stickyFor: { publisher: 'cookie', gateway: 'address' } } },
  ],
];

const judge = async (name: string, content: string): Promise<void> => {
  await nginx.copyContentToContainer([{ target: '/etc/nginx/nginx.conf', content }]);
  const { exitCode, output } = await nginx.exec(['nginx', '-t', '-q']);
  expect({ exitCode, output }, name).toEqual({ exitCode: 0, output: '' });
};

describe('nginx itself', () => {
  it.each(VARIANTS)('takes the configuration of %s, without a complaint', async (_what, topology) => {
    const plan = planTopology(topology);
    expect(plan.balancers.length).toBeGreaterThan(0);
    for (const balancer of plan.balancers) await judge(balancer.name, renderNginx(plan, balancer));
    for (const passage of plan.firewall) await judge(passage.name, renderPassage(plan, passage));
  });
});
