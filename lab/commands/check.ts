import { composeVersion } from '../engine/compose.ts';
import { connectDocker } from '../engine/docker.ts';
import { labImages } from '../engine/lab-images.ts';
import { requireMemory } from '../engine/machine.ts';
import { observeContainers } from '../engine/observe.ts';
import { hasKernelNfs, placeLab } from '../engine/place-lab.ts';
import { chosenTopology, type LabChoice } from '../engine/select-lab.ts';
import { LabError, type Problem } from '../errors/lab-error.ts';
import { planServices } from '../render/compose/services.ts';

/** One thing a lab wants of the machine: `problems` say what is missing and what to do, `note` what was found. */
export type Check = { readonly name: string; readonly problems: readonly Problem[]; readonly note?: string };

export type CheckOptions = LabChoice & { readonly root: string };

/** Everything that the machine lacks for a topology, all at once; changes nothing. */
export const check = async ({ root, ...choice }: CheckOptions): Promise<readonly Check[]> => {
  const checks: Check[] = [];
  const attempt = async <T>(name: string, look: () => Promise<T>, note?: (found: T) => string) => {
    try {
      const found = await look();
      checks.push({ name, problems: [], ...(note && { note: note(found) }) });
      return found;
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      checks.push({ name, problems: error.problems });
      return undefined;
    }
  };
  const wanted = await chosenTopology(choice);
  const images = await labImages(root);
  const docker = await attempt('Docker Engine', connectDocker);
  await attempt('Compose v2', composeVersion, (version) => version);
  const plan = docker && (await attempt('network and ports', () => placeLab(docker, wanted, images)));
  if (docker && plan) {
    const running = new Set((await observeContainers(docker, plan.lab)).map(({ name }) => name));
    const starting = Object.keys(planServices(plan)).filter((name) => !running.has(name));
    await attempt('memory', () => requireMemory(plan, starting));
  }
  await attempt('NFS client', hasKernelNfs, (kernel) => (kernel ? WITH_KERNEL_NFS : WITHOUT_KERNEL_NFS));
  return checks;
};

const WITH_KERNEL_NFS = 'the kernel mounts NFS';
const WITHOUT_KERNEL_NFS =
  'none in the kernel: simulator nodes mount NFS through FUSE, product nodes share a plain volume';
