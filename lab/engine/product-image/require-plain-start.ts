import { z } from 'zod';
import { labError } from '../../errors/lab-error.ts';
import { runDocker } from '../docker-command.ts';

const commandSchema = z.object({
  Entrypoint: z.array(z.string()).nullish(),
  Cmd: z.array(z.string()).nullish(),
});

/** Replaces the node's `deployment.toml` after the entrypoint has copied it from the config volume (configuration.md 12). */
const OPTIMIZE = '--optimize';

/** Fails with PRODUCT_IMAGE_UNFIT when an image starts the product in a way that undoes what the lab mounts. */
export const requirePlainStart = async (image: string, signal: AbortSignal): Promise<void> => {
  const { code, stdout, stderr } = await runDocker(['image', 'inspect', '--format', '{{json .Config}}', image], {
    signal,
  });
  if (code !== 0) throw labError('IMAGE_MISSING', `the image ${image} is gone`, { evidence: stderr });
  const { Entrypoint, Cmd } = commandSchema.parse(JSON.parse(stdout));
  const command = [...(Entrypoint ?? []), ...(Cmd ?? [])];
  if (!command.includes(OPTIMIZE)) return;
  throw labError('PRODUCT_IMAGE_UNFIT', `the image ${image} starts the product with ${OPTIMIZE}`, {
    hint: `take ${OPTIMIZE} out of its ENTRYPOINT or CMD: it replaces the deployment.toml that the lab mounts; to have it optimized, run profileSetup.sh while the image is built`,
    evidence: command.join(' '),
  });
};
