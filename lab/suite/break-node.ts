import { Gate } from '../engine/gate.ts';
import type { Way } from '../faults/fault.ts';
import type { FaultyLab } from '../faults/faulty-lab.ts';
import { whileFaulty } from '../faults/while-faulty.ts';
import type { NodeFault } from '../index.mjs';

/** Takes a node away, and resolves once it is; `heal` of what it yields brings it back. Fails as `whileFaulty` does. */
export const breakNode = (lab: FaultyLab, node: string, way: Way): Promise<NodeFault> =>
  new Promise((resolve, reject) => {
    const over = new Gate();
    const healed = whileFaulty(lab, { node, way }, async ({ since }) => {
      const heal = async () => {
        over.open();
        await healed;
      };
      resolve({ node, way, since, heal, [Symbol.asyncDispose]: heal });
      await over.opened;
    });
    // One that could not be applied; once it is, its end is told by `heal`.
    healed.catch(reject);
  });
