import { fileURLToPath } from 'node:url';
import { GenericContainer, type StartedTestContainer } from 'testcontainers';

/** What removes containers after a killed test run is an image of a registry; our runs remove their own. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';

/** Kept from one run to the next: only the first one waits for Debian's packages. */
const IMAGE = 'apim-lab-test/amqp-tools';

/** The tools of Debian's package `amqp-tools`, in the network of the host, where the tests' brokers listen. */
export const startAmqpTools = async (): Promise<StartedTestContainer> => {
  const context = fileURLToPath(new URL('amqp-tools', import.meta.url));
  const container = await GenericContainer.fromDockerfile(context).build(IMAGE, { deleteOnExit: false });
  return container.withNetworkMode('host').start();
};
