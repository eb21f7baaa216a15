import { LabError, type Problem } from '../../../lab/errors/lab-error.ts';
import { parseTopology } from '../../../lab/topology/parse-topology.ts';

/** What is wrong with the text of a topology file; nothing when it can be read. */
export const problemsOf = (text: string, file = 'lab.yaml'): readonly Problem[] => {
  try {
    parseTopology(text, file);
    return [];
  } catch (error) {
    if (error instanceof LabError) return error.problems;
    throw error;
  }
};
