import { labError } from '../../errors/lab-error.ts';
import type { SchemaKey } from '../../plan/schemas.ts';
import { HOME_PATHS, productHome } from '../../product/image.ts';
import type { Version } from '../../product/versions.ts';
import { runDocker } from '../docker-command.ts';

/** The script that makes the tables of a schema on MySQL, as the image has it. Fails with PRODUCT_IMAGE_UNFIT. */
export const readDbscript = async (
  image: string,
  version: Version,
  schema: SchemaKey,
  signal: AbortSignal,
): Promise<string> => {
  const path = `${productHome(version)}/${HOME_PATHS.dbscripts[schema]}`;
  const { code, stdout, stderr } = await runDocker(
    ['run', '--rm', '--network', 'none', '--entrypoint', 'cat', image, path],
    { signal },
  );
  if (code !== 0)
    throw labError('PRODUCT_IMAGE_UNFIT', `${path} of the image ${image} cannot be read`, { evidence: stderr });
  return stdout;
};
