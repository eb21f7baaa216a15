import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { labError } from '../errors/lab-error.ts';
import type { LabImages, Plan } from '../plan/plan.ts';
import { type Docker, dockerStatus } from './docker.ts';
import { runDocker } from './docker-command.ts';
import type { Emit } from './lab-event.ts';

export type EnsureImagesInput = {
  readonly images: LabImages;
  /** Directory of this package. */
  readonly root: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
};

/**
 * Makes sure that every image of the plan is on the Docker host: the lab's own are built by `scripts/images`, others are
 * pulled. Fails with IMAGE_BUILD_FAILED or IMAGE_MISSING.
 */
export const ensureImages = async (
  docker: Docker,
  plan: Plan,
  { images, root, emit, signal }: EnsureImagesInput,
): Promise<void> => {
  const missing = await missingImages(docker, plan);
  const own = new Set([images.mysql, images.nginx, images.nfs, images.backend, ...Object.values(images.wso2am)]);
  if (missing.some((image) => own.has(image))) {
    emit({ kind: 'step', text: "building the lab's images" });
    await build(root, signal);
  }
  for (const image of missing.filter((each) => !own.has(each))) {
    emit({ kind: 'step', text: `pulling ${image}` });
    await pull(image, signal);
  }
};

const missingImages = async (docker: Docker, plan: Plan): Promise<readonly string[]> => {
  const parts = [
    plan.database,
    ...(plan.share ? [plan.share] : []),
    ...plan.balancers,
    ...(plan.backend ? [plan.backend] : []),
  ];
  const needed = [...new Set([...plan.nodes, ...parts].map(({ image }) => image))];
  const present = await Promise.all(needed.map((image) => isPresent(docker, image)));
  return needed.filter((_, index) => !present[index]);
};

const isPresent = async (docker: Docker, image: string): Promise<boolean> => {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (error) {
    if (dockerStatus(error) === 404) return false;
    throw error;
  }
};

const build = async (root: string, signal: AbortSignal): Promise<void> => {
  const child = spawn(join(root, 'scripts/images'), { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  // The terminal's Ctrl-C reached the script as well: it did not fail by itself.
  signal.throwIfAborted();
  if (code !== 0) throw labError('IMAGE_BUILD_FAILED', `scripts/images ended with ${code}`);
};

/** By Docker's own client, which has the user's log-ins to registries. */
const pull = async (image: string, signal: AbortSignal): Promise<void> => {
  const { code, stderr } = await runDocker(['pull', '--quiet', image], { signal });
  signal.throwIfAborted();
  if (code === 0) return;
  const facts = { evidence: stderr, hint: pullHint(image, stderr) };
  throw labError('IMAGE_MISSING', `image ${image} is not here and cannot be pulled`, facts);
};

const pullHint = (image: string, evidence: string): string => {
  if (/no matching manifest/.test(evidence)) {
    return `the registry has it for another processor only: "docker pull --platform linux/amd64 ${image}", where Docker can emulate that`;
  }
  if (/unauthorized|denied|authentication/i.test(evidence)) {
    return `"docker login" to its registry, then "docker pull ${image}"`;
  }
  return `check its name; "docker pull ${image}" on a machine that reaches the registry, then "docker save" there and "docker load" here`;
};
