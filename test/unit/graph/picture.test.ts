import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../../lab/graph/picture.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes, planTopology } from '../render/plan-topology.ts';

const callsOf = (picture: ReturnType<typeof pictureOf>, from: string, to: string) =>
  picture.arrows.filter((arrow) => arrow.from === from && arrow.to === to).flatMap(({ calls }) => calls);

describe('the picture of a lab', () => {
  it('has a box for each component with its nodes, and one for each part', () => {
    const { boxes } = pictureOf(planNodes(FIVE_NODES, '3.0.0'));
    expect(boxes.map(({ kind }) => kind)).toEqual([
      'key-manager',
      'traffic-manager',
      'publisher',
      'developer-portal',
      'gateway',
      'database',
      'share',
      'backend',
    ]);
    expect(boxes.find(({ kind }) => kind === 'key-manager')).toMatchObject({ title: 'Key Manager', members: ['km-1'] });
  });

  it('shows pairs in one box, behind the load balancer that people reach them by', () => {
    const { boxes } = pictureOf(planNodes(ALL_PAIRS, '3.0.0'));
    const gateway = boxes.find(({ kind }) => kind === 'gateway');
    expect(gateway?.members).toEqual(['gw-1', 'gw-2']);
    expect(gateway?.fronts.join('\n')).toMatch(/^lb: gateway\S* 443/m);
  });

  it('draws what goes through a load balancer as a call of those behind it, and says so', () => {
    const picture = pictureOf(planNodes(ALL_PAIRS, '3.0.0'));
    const calls = callsOf(picture, 'gateway', 'key-manager');
    expect(calls).toEqual([
      {
        key: 'apim.key_manager.service_url',
        ports: [443],
        why: expect.stringContaining('validates keys'),
        through: 'lb',
      },
    ]);
    expect(callsOf(picture, 'gateway', 'traffic-manager').map(({ through }) => through)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each(VERSIONS)('has every link of the plan of %s, whoever it goes through', (version) => {
    const plan = planNodes(ALL_PAIRS, version);
    const drawn = pictureOf(plan).arrows.flatMap(({ calls }) => calls.map(({ key }) => key));
    const callers = plan.nodes.map(({ name }) => name);
    for (const { from, key } of plan.links) if (callers.includes(from)) expect(drawn).toContain(key);
  });

  it('draws the way from a gateway to the Key Manager of an all-in-one as a call of the all-in-one', () => {
    const picture = pictureOf(planNodes([{ role: 'all-in-one' }, { role: 'gateway', replicas: 2 }], '3.0.0'));
    expect(callsOf(picture, 'gateway', 'all-in-one').map(({ key }) => key)).toContain('apim.key_manager.service_url');
  });

  it('has a box for each gateway environment, says which stands in the DMZ, and draws deployments to each', () => {
    const picture = pictureOf(
      planTopology({
        environments: [{ name: 'Internal' }, { name: 'External', dmz: true }],
        nodes: [...FIVE_NODES, { role: 'gateway', environment: 'External' }],
      }),
    );
    const gateways = picture.boxes.filter(({ kind }) => kind === 'gateway');
    expect(gateways.map(({ title, members, dmz }) => [title, members, dmz])).toEqual([
      ['Gateway, Internal', ['gw-1'], undefined],
      ['Gateway, External, in the DMZ', ['gw-2'], true],
    ]);
    expect(gateways[1]?.fronts.join()).toContain('lb-dmz: gateway-external.sample.test');
    const deployments = gateways.map(({ id }) => callsOf(picture, 'publisher', id).map(({ through }) => through));
    expect(deployments).toEqual([[undefined], ['lb-dmz']]);
    expect(callsOf(picture, 'gateway-external', 'database')).toEqual([]);
    expect(callsOf(picture, 'gateway-external', 'backend')).toHaveLength(1);
  });
});
