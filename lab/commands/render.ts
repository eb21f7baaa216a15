import { resolve } from 'node:path';
import { certificatesFor } from '../engine/certificates-for.ts';
import { describedPaths, labDirectory, writeProject } from '../engine/lab-directory.ts';
import { labImages } from '../engine/lab-images.ts';
import { readConnector } from '../engine/product-image/read-connector.ts';
import { chosenTopology, type LabChoice } from '../engine/select-lab.ts';
import { planLab } from '../plan/plan-lab.ts';
import { renderProject } from '../render/render-project.ts';

export type RenderOptions = LabChoice & {
  /** Directory to write to; default the lab directory. */
  readonly out?: string;
  /** Directory of this package. */
  readonly root: string;
};

export type Rendered = {
  readonly directory: string;
  readonly files: readonly string[];
  readonly changed: readonly string[];
};

/**
 * Writes every file of a lab without asking Docker. The lab takes the first place of a machine, and nodes mount NFS by
 * FUSE unless the topology says otherwise, for only a Docker host can tell.
 */
export const render = async ({ out, root, ...choice }: RenderOptions): Promise<Rendered> => {
  const wanted = await chosenTopology(choice);
  const plan = planLab(wanted, { slot: 0, kernelNfs: false, images: await labImages(root) });
  const directory = resolve(out ?? labDirectory(plan.lab));
  const files = renderProject(
    plan,
    await certificatesFor(plan, directory),
    describedPaths(directory, choice.topology),
    await readConnector(plan),
  );
  const changed = await writeProject(directory, files);
  return { directory, files: [...files.keys()], changed };
};
