import { labImages } from '../engine/lab-images.ts';
import { chosenTopology, type LabChoice } from '../engine/select-lab.ts';
import { mermaidOf } from '../graph/mermaid.ts';
import { pictureOf } from '../graph/picture.ts';
import { svgOf } from '../graph/svg.ts';
import { planLab } from '../plan/plan-lab.ts';

/** Forms of the picture by what they are called. */
export const GRAPH_FORMATS = ['svg', 'mermaid', 'json'] as const;

export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** Draws a topology: nodes, load balancers, database, share, and who calls whom by which key. Asks no Docker. */
export const graph = async (choice: LabChoice & { readonly root: string }, format: GraphFormat): Promise<string> => {
  const wanted = await chosenTopology(choice);
  const picture = pictureOf(planLab(wanted, { slot: 0, kernelNfs: false, images: await labImages(choice.root) }));
  switch (format) {
    case 'svg':
      return svgOf(picture);
    case 'mermaid':
      return mermaidOf(picture);
    case 'json':
      return `${JSON.stringify(picture)}\n`;
  }
};
