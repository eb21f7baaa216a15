import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../lab/graph/layout.ts';
import { mermaidOf } from '../../../lab/graph/mermaid.ts';
import { pictureOf } from '../../../lab/graph/picture.ts';
import { svgOf } from '../../../lab/graph/svg.ts';
import { loadTopology } from '../../../lab/topology/load-topology.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes, planTopology } from '../render/plan-topology.ts';

const SHAPES = [
  ['five nodes', FIVE_NODES],
  ['pairs', ALL_PAIRS],
  ['an all-in-one with gateways', [{ role: 'all-in-one' }, { role: 'gateway', replicas: 8 }]],
] as const;

const ENVIRONMENTS = [{ name: 'Internal' }, { name: 'External', dmz: true }];

describe.each([
  ...SHAPES.map(([shape, nodes]) => [shape, planNodes(nodes, '3.2.0')] as const),
  [
    'two environments',
    planTopology({
      environments: ENVIRONMENTS,
      nodes: [...FIVE_NODES, { role: 'gateway', environment: 'External' }],
    }),
  ] as const,
])('the drawing of %s', (_shape, plan) => {
  const picture = pictureOf(plan);

  it('is well-formed SVG that names every node and every key', () => {
    const svg = svgOf(picture);
    expect(XMLValidator.validate(svg)).toBe(true);
    for (const { members } of picture.boxes) for (const member of members) expect(svg).toContain(`>${member}<`);
    for (const { calls } of picture.arrows) for (const { key } of calls) expect(svg).toContain(key);
  });

  it('puts no box on another', () => {
    const { boxes } = layOut(picture);
    const overlaps = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
        .map((b) => `${a.box.kind} and ${b.box.kind}`),
    );
    expect(overlaps).toEqual([]);
  });

  it('begins and ends every arrow at the border of a box', () => {
    const { boxes, arrows } = layOut(picture);
    const onBorder = ({ x, y }: { x: number; y: number }, id: string): boolean => {
      const box = boxes.find((each) => each.box.id === id);
      if (!box) return false;
      const near = (a: number, b: number) => Math.abs(a - b) < 0.001;
      return near(x, box.x) || near(x, box.x + box.width) || near(y, box.y) || near(y, box.y + box.height);
    };
    for (const { arrow, line } of arrows) {
      if (line === undefined) expect(arrow.from).toBe(arrow.to);
      else expect([onBorder(line.from, arrow.from), onBorder(line.to, arrow.to)]).toEqual([true, true]);
    }
  });

  it('is a Mermaid flowchart with a node for each box and an arrow for each pair of boxes', () => {
    const lines = mermaidOf(picture).split('\n');
    expect(lines.filter((line) => line.includes('-->'))).toHaveLength(picture.arrows.length);
    for (const { id } of picture.boxes) expect(lines.some((line) => line.startsWith(`  ${id}[`))).toBe(true);
  });
});

describe('the picture in the README', () => {
  it('is what the command draws of fixtures/topologies/pairs.yaml', async () => {
    const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
    const plan = planTopology(await loadTopology(file('fixtures/topologies/pairs.yaml')));
    expect(readFileSync(file('docs/pictures/pairs.svg'), 'utf8')).toBe(svgOf(pictureOf(plan)));
  });
});
