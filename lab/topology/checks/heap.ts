import { largestHeap, megabytes } from '../../product/heap.ts';
import { SIMULATOR } from '../../product/image.ts';
import { type Check, nodePath } from '../draft.ts';

/** Product nodes whose heap does not fit into the memory that the file gives them: they are killed once it fills. */
export const checkHeap: Check = (draft) => {
  const { topology } = draft;
  return topology.nodes.flatMap(({ image, memory, jvmOptions }, index) => {
    const options = jvmOptions ?? topology.jvmOptions;
    if ((image ?? topology.image) === SIMULATOR || memory === undefined || options === undefined) return [];
    const heap = largestHeap(options);
    if (heap < megabytes(memory)) return [];
    return [
      {
        code: 'TOPOLOGY_INVALID',
        path: nodePath(draft, index, 'memory'),
        sentence: `a heap of ${heap} MB does not fit into ${memory}`,
        hint: `leave "memory" out, or allow less by -Xmx in "jvmOptions"`,
      },
    ];
  });
};
