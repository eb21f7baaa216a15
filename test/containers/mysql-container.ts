import { fileURLToPath } from 'node:url';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { labImages } from '../../lab/engine/lab-images.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Last line of a start, after the init file. */
const READY = /ready for connections\..*port: 3306/;

/** What removes containers after a killed test run is an image of a registry; our runs remove their own. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
/** The port is on loopback, wherever testcontainers believes it runs. */
process.env.TESTCONTAINERS_HOST_OVERRIDE ??= '127.0.0.1';

/** A MySQL server of the lab's own image; resolves when it accepts connections. */
export const startMysqlContainer = async (): Promise<StartedTestContainer> => {
  const { mysql } = await labImages(ROOT);
  return new GenericContainer(process.env.APIM_LAB_TEST_MYSQL_IMAGE ?? mysql)
    .withExposedPorts(3306)
    .withWaitStrategy(Wait.forLogMessage(READY))
    .start();
};
