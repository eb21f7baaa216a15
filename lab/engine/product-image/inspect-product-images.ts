import { labError, type ProblemFacts } from '../../errors/lab-error.ts';
import type { Plan } from '../../plan/plan.ts';
import { HOME_PATHS, IMAGE, productHome } from '../../product/image.ts';
import { isVersion } from '../../product/image-version.ts';
import type { Version } from '../../product/versions.ts';
import { runDocker } from '../docker-command.ts';
import { requirePlainStart } from './require-plain-start.ts';

/** Names under which the JDBC driver of MySQL is shipped: mysql-connector-java-8.0.17.jar, mysql-connector-j-8.4.0.jar. */
const CONNECTOR = 'mysql*connector*.jar';

/** Looks into each image that product nodes of a lab are to run; fails as the first of them does. */
export const inspectProductImages = async ({ nodes, version, database }: Plan, signal: AbortSignal): Promise<void> => {
  const images = new Set(nodes.filter(({ simulated }) => !simulated).map(({ image }) => image));
  for (const image of images) await inspectProductImage(image, { version, connector: database.connector, signal });
};

/**
 * Looks into an image that product nodes are to run, without starting the product. Fails with PRODUCT_VERSION when it holds
 * another version, with PRODUCT_IMAGE_UNFIT when it lacks what the lab builds on (configuration.md 12), and with
 * CONNECTOR_MISSING when it has no JDBC driver and the topology brings none.
 */
const inspectProductImage = async (
  image: string,
  { version, connector, signal }: { version: Version; connector: string | undefined; signal: AbortSignal },
): Promise<void> => {
  await requirePlainStart(image, signal);
  const found = await pathsIn(image, version, signal);
  const home = productHome(version);
  if (!found.has(home)) throw otherHome(image, version, [...found]);
  const missing = [IMAGE.entrypoint, ...Object.values(HOME_PATHS.dbscripts).map((path) => `${home}/${path}`)].filter(
    (path) => !found.has(path),
  );
  if (missing.length > 0) {
    throw labError('PRODUCT_IMAGE_UNFIT', `the image ${image} lacks ${missing.join(' and ')}`);
  }
  if (![...found].some((path) => path.endsWith('/nc'))) {
    throw labError('PRODUCT_IMAGE_UNFIT', `the image ${image} lacks netcat (nc), by which the health check asks ports`);
  }
  if (connector !== undefined || [...found].some((path) => path.endsWith('.jar'))) return;
  throw labError('CONNECTOR_MISSING', `the image ${image} has no JDBC driver for MySQL, and the topology names none`);
};

const otherHome = (image: string, version: Version, found: readonly string[]): Error => {
  const homes = found.flatMap((path) => /\/wso2am-([^/]+)$/.exec(path)?.[1] ?? []);
  const evidence = found.length > 0 ? `there are: ${found.join(', ')}` : `nothing below ${IMAGE.userHome}`;
  const [other] = homes.filter(isVersion);
  return homes.length > 0
    ? labError('PRODUCT_VERSION', `the image ${image} holds ${homes.join(' and ')}, the lab is of ${version}`, {
        evidence,
        ...(other && { hint: `write "version: ${other}" in the topology file, or take an image of ${version}` }),
      })
    : labError('PRODUCT_IMAGE_UNFIT', `the image ${image} has no ${productHome(version)}`, { evidence });
};

/** Paths in the image, those that there are of what the lab builds on; with them netcat. */
const pathsIn = async (image: string, version: Version, signal: AbortSignal): Promise<ReadonlySet<string>> => {
  const home = productHome(version);
  const looked = [
    `${IMAGE.userHome}/*`,
    ...Object.values(HOME_PATHS.dbscripts).map((path) => `${home}/${path}`),
    ...HOME_PATHS.libraries.map((path) => `${home}/${path}/${CONNECTOR}`),
  ];
  const script = `command -v nc; ls -d ${looked.join(' ')} 2>/dev/null; :`;
  const { code, stdout, stderr } = await runDocker(
    ['run', '--rm', '--network', 'none', '--entrypoint', 'sh', image, '-c', script],
    { signal },
  );
  if (code !== 0)
    throw labError('PRODUCT_IMAGE_UNFIT', `the image ${image} cannot run a shell`, noShell(image, stderr));
  return new Set(stdout.split('\n').filter((line) => line !== ''));
};

/** The published images of 3.x are for amd64 alone; Docker Desktop emulates that, a Linux machine only when told to. */
const noShell = (image: string, said: string): ProblemFacts => ({
  evidence: said,
  ...(/exec format error|does not match the detected host platform/.test(said) && {
    hint: `the image is for another processor ("docker image inspect ${image}" names it): run the lab on such a machine, or install emulation, as of "docker run --privileged tonistiigi/binfmt --install amd64"`,
  }),
});
