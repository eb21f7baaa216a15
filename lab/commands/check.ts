import { composeVersion } from '../engine/compose.ts';
import { connectDocker } from '../engine/docker.ts';
import { labImages } from '../engine/lab-images.ts';
import { requireMemory } from '../engine/machine.ts';
import { observeContainers } from '../engine/observe.ts';
import { hasKernelNfs, placeLab } from '../engine/place-lab.ts';
import { chosenTopology, type LabChoice } from '../engine/select-lab.ts';
import { LabError, type Problem } from '../errors/lab-error.ts';
import { type HostPort, hostPortsOf } from '../plan/host-ports.ts';
import { expectedMemory } from '../plan/memory.ts';
import type { Plan } from '../plan/plan.ts';
import { planServices } from '../render/compose/services.ts';

/** One thing a lab wants of the machine: `problems` say what is missing and what to do, `note` what was found. */
export type Check = {
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly note?: string;
  /** What the lab takes, or has taken, on the host's loopback address. */
  readonly ports?: readonly HostPort[];
};

export type CheckOptions = LabChoice & { readonly root: string };

/** Everything that the machine lacks for a topology, all at once; changes nothing. */
export const check = async ({ root, ...choice }: CheckOptions): Promise<readonly Check[]> => {
  const checks: Check[] = [];
  const attempt = async <T>(name: string, look: () => Promise<T>, tell: (found: T) => Found = () => ({})) => {
    try {
      const found = await look();
      checks.push({ name, problems: [], ...tell(found) });
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
  await attempt('Compose v2', composeVersion, (note) => ({ note }));
  const plan = docker && (await attempt('network and ports', () => placeLab(docker, wanted, images), portPlan));
  if (docker && plan) {
    const running = new Set((await observeContainers(docker, plan.lab)).map(({ name }) => name));
    const starting = Object.keys(planServices(plan)).filter((name) => !running.has(name));
    const note = `about ${Math.round(expectedMemory(plan, new Set(starting)) / 1024 / 1024)} MB for what is not running yet`;
    await attempt(
      'memory',
      () => requireMemory(docker, plan, { starting }),
      () => ({ note }),
    );
  }
  await attempt('NFS client', hasKernelNfs, (kernel) => ({ note: kernel ? WITH_KERNEL_NFS : WITHOUT_KERNEL_NFS }));
  return checks;
};

type Found = Pick<Check, 'note' | 'ports'>;

const portPlan = (plan: Plan): Found => {
  const ports = hostPortsOf(plan);
  const numbers = ports.map(({ port }) => port);
  const taken = ports.length === 0 ? 'none' : `${ports.length} from ${Math.min(...numbers)} to ${Math.max(...numbers)}`;
  const subnets = [plan.network, ...(plan.dmz ? [plan.dmz] : [])].map(({ subnet }) => subnet).join(', ');
  return { note: `${subnets}; host ports: ${taken}`, ports };
};

const WITH_KERNEL_NFS = 'the kernel mounts NFS';
const WITHOUT_KERNEL_NFS =
  'none in the kernel: simulator nodes mount NFS through FUSE; what product nodes share is a plain volume';
