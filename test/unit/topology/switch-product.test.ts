import { describe, expect, it } from 'vitest';
import { topologySchema } from '../../../lab/topology/schema.ts';
import { switchProduct } from '../../../lab/topology/switch-product.ts';

const topology = topologySchema.parse({
  lab: 'switched',
  version: '3.1.0',
  nodes: [{ role: 'all-in-one', image: 'bank/apim:7', memory: '3g' }, { role: 'gateway' }],
});

describe('a topology with another product on all of its nodes', () => {
  it('has the image everywhere, also where a node had its own, and the version of its tag', () => {
    const switched = switchProduct(topology, 'wso2/wso2am:3.2.0');
    expect(switched).toMatchObject({ version: '3.2.0', image: 'wso2/wso2am:3.2.0', nodes: [{ memory: '3g' }, {}] });
    expect(switched.nodes.map((node) => 'image' in node)).toEqual([false, false]);
  });

  it('keeps its version when the tag tells none', () => {
    expect(switchProduct(topology, 'bank/apim:latest').version).toBe('3.1.0');
    expect(switchProduct(topology, 'simulator')).toMatchObject({ version: '3.1.0', image: 'simulator' });
  });

  it('is refused for a release that the lab does not know, and for what is no image', () => {
    expect(() => switchProduct(topology, 'wso2/wso2am:4.0.0')).toThrow('is 4.0.0 by its tag');
    expect(() => switchProduct(topology, 'wso2/ wso2am')).toThrow('--product wso2/ wso2am');
  });
});
