import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mermaidOf } from '../../../lab/graph/mermaid.ts';
import { pictureOf } from '../../../lab/graph/picture.ts';
import { planLab } from '../../../lab/plan/plan-lab.ts';
import { renderCompose } from '../../../lab/render/compose/compose-project.ts';
import { planServices } from '../../../lab/render/compose/services.ts';
import { renderDeploymentToml } from '../../../lab/render/deployment-toml/render-deployment-toml.ts';
import { renderNginx } from '../../../lab/render/nginx.ts';
import { parseTopology } from '../../../lab/topology/parse-topology.ts';
import { PLACEMENT } from './plan-topology.ts';

const FIXTURES = new URL('../../../fixtures/topologies/', import.meta.url);
const NAMES = readdirSync(FIXTURES).map((file) => file.replace('.yaml', ''));
const read = (name: string): string => readFileSync(new URL(`${name}.yaml`, FIXTURES), 'utf8');

describe.each(NAMES)('fixtures/topologies/%s.yaml', (name) => {
  const plan = planLab(parseTopology(read(name), name), PLACEMENT);
  const servers = plan.balancers.flatMap(({ fronts }) => fronts);

  it('names nothing in a deployment.toml that nothing in the lab answers to', () => {
    const known = new Set([
      ...plan.nodes.map(({ hostname }) => hostname),
      ...servers.map(({ hostname }) => hostname),
      plan.database.hostname,
    ]);
    const named = plan.nodes.flatMap((node) =>
      [...renderDeploymentToml(plan, node).matchAll(/[\w-]+(?:\.[\w-]+)+/g)]
        .map(([hostname]) => hostname)
        .filter((hostname) => hostname.endsWith(`.${plan.domain}`)),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((hostname) => !known.has(hostname))).toEqual([]);
  });

  it('has every node of a group behind the load balancer, unless it has none', () => {
    for (const node of plan.balancers.length > 0 ? plan.nodes : []) {
      const fronts = servers.filter(({ upstream }) => upstream.some((server) => server.node === node.name));
      expect(
        fronts.map(({ listener }) => listener),
        node.name,
      ).toContain('https');
    }
    for (const balancer of plan.balancers) {
      const text = renderNginx(plan, balancer);
      for (const { node } of balancer.fronts.flatMap(({ upstream }) => upstream)) expect(text).toContain(`# ${node}`);
    }
  });

  it('becomes a Compose project in which whatever is waited for exists', () => {
    const services = planServices(plan);
    for (const { from, to } of plan.start) expect([from in services, to in services]).toEqual([true, true]);
    expect(renderCompose(plan, new Map())).toContain(`name: ${plan.project}`);
  });
});

describe('docs/topologies.md', () => {
  const page = readFileSync(new URL('../../../docs/topologies.md', import.meta.url), 'utf8');

  it('has a section with the command for every fixture, and for nothing else', () => {
    const sections = [...page.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    const commands = [...page.matchAll(/--topology fixtures\/topologies\/(\S+)\.yaml/g)].map(([, name]) => name);
    expect(sections.toSorted()).toEqual(NAMES.toSorted());
    expect(commands).toEqual(sections);
  });

  // To draw them anew: npx vitest run test/unit/render/topology-fixtures.test.ts --update
  it('shows under each command what "graph" draws', async () => {
    const drawn = page.replace(
      /(fixtures\/topologies\/(\S+)\.yaml\n```\n\n```mermaid\n).*?(?=^```$)/gms,
      (_, head: string, name: string) =>
        head + mermaidOf(pictureOf(planLab(parseTopology(read(name), name), PLACEMENT))),
    );
    expect(drawn.match(/^flowchart LR$/gm)).toHaveLength(NAMES.length);
    await expect(drawn).toMatchFileSnapshot('../../../docs/topologies.md');
  });
});
