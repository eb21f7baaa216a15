import { describe, expect, it } from 'vitest';
import { schemaTables } from '../../../lab/plan/schema-tables.ts';
import { FIVE_NODES, nodeNamed, planNodes, planTopology } from '../render/plan-topology.ts';

const PRODUCT = 'wso2/wso2am:3.2.0';

/** Five nodes, those with the roles on the product. */
const withProduct = (...roles: readonly string[]) =>
  planNodes(
    FIVE_NODES.map((node) => (roles.includes(node.role) ? { ...node, image: PRODUCT } : node)),
    '3.2.0',
  );

describe('where the tables of a schema come from', () => {
  it('is the simulator while nobody else opens it', () => {
    expect(schemaTables(withProduct()).map(({ product }) => product)).toEqual([undefined, undefined]);
  });

  it('is the product as soon as one of its nodes opens the schema, with what simulator nodes need besides', () => {
    expect(schemaTables(withProduct('key-manager'))).toMatchObject([
      { key: 'shared_db', product: PRODUCT, supplemented: true },
      { key: 'apim_db', product: PRODUCT, supplemented: true },
    ]);
  });

  it('is told for each schema: a gateway does not open that of the APIs', () => {
    const [shared, apim] = schemaTables(withProduct('gateway'));
    expect(shared).toMatchObject({ key: 'shared_db', product: PRODUCT, supplemented: true });
    expect(apim).toMatchObject({ key: 'apim_db', supplemented: false });
    expect(apim).not.toHaveProperty('product');
  });

  it('is the product alone where every node runs it', () => {
    expect(schemaTables(planTopology({ version: '3.2.0', image: PRODUCT }))).toMatchObject([
      { product: PRODUCT, supplemented: false },
      { product: PRODUCT, supplemented: false },
    ]);
  });
});

describe('the heap of a product node', () => {
  const planned = (memory?: string, jvmOptions?: string) => {
    const node = {
      role: 'all-in-one',
      image: PRODUCT,
      ...(memory && { memory }),
      ...(jvmOptions && { jvmOptions }),
    } as const;
    return nodeNamed(planNodes([node], '3.2.0'), 'aio-1');
  };
  const heapOf = (...of: Parameters<typeof planned>) => planned(...of).jvmOptions;

  it("is the image's own where that fits, half of the memory where it does not", () => {
    expect([heapOf(), heapOf('2g'), heapOf('4096m')]).toEqual([undefined, undefined, undefined]);
    expect([heapOf('1g'), heapOf('400m')]).toEqual(['-Xms256m -Xmx512m', '-Xms200m -Xmx200m']);
  });

  it('is what the topology says', () => {
    expect(heapOf('1g', '-Xmx700m')).toBe('-Xmx700m');
  });

  it('gets a container around it where it is larger than usual, the last -Xmx being the one that counts', () => {
    const memoryFor = (jvmOptions?: string) => planned(undefined, jvmOptions).memory;
    expect([memoryFor(), memoryFor('-Xmx512m'), memoryFor('-Xmx9g -Xmx3G')]).toEqual(['2g', '2g', '4096m']);
  });
});
