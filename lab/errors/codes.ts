/**
 * Every error the lab reports: its exit code and what to do about it. `docs/troubleshooting.md` has one entry per code;
 * `test/unit/errors/troubleshooting.test.ts` checks both directions.
 *
 * Exit codes (machine interface): 0 done or pass, 1 fail, 2 bad input, 3 unknown, 4 the machine lacks something.
 */
export const EXIT = { done: 0, fail: 1, badInput: 2, unknown: 3, machine: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type ErrorFacts = { readonly exit: ExitCode; readonly hint: string };

export const ERRORS = {
  TOPOLOGY_NOT_FOUND: { exit: EXIT.badInput, hint: 'pass the file with --topology FILE' },
  TOPOLOGY_SYNTAX: { exit: EXIT.badInput, hint: 'mend the YAML at the place named' },
  TOPOLOGY_INVALID: { exit: EXIT.badInput, hint: 'see docs/topology.md for every key and its values' },
  EXTRA_TOML_INVALID: { exit: EXIT.badInput, hint: 'the text under "toml" must be TOML as in deployment.toml' },
  PRODUCT_VERSION: { exit: EXIT.badInput, hint: 'take an image of the version that the topology file names' },
  PRODUCT_IMAGE_UNFIT: { exit: EXIT.badInput, hint: 'take an image that is laid out as wso2/wso2am is' },
  CONNECTOR_MISSING: {
    exit: EXIT.badInput,
    hint: 'fetch mysql-connector-java 8.0.x from Maven Central and name the file by "database.connector"',
  },
  DUPLICATE_NAME: { exit: EXIT.badInput, hint: 'give each node its own name' },
  DUPLICATE_HOSTNAME: { exit: EXIT.badInput, hint: 'give each node its own hostname' },
  OFFSET_COLLISION: { exit: EXIT.badInput, hint: 'give nodes on one host different offsets' },
  ROLE_MISSING: { exit: EXIT.badInput, hint: 'add a node with that role' },
  TOO_MANY_NODES: { exit: EXIT.badInput, hint: 'split the lab, or take fewer replicas' },
  LAB_NOT_FOUND: { exit: EXIT.badInput, hint: 'name one of the labs there are, or start it with "apim-lab up"' },
  LAB_BUSY: { exit: EXIT.fail, hint: 'wait for the other command, or stop it' },
  LAB_IN_USE: { exit: EXIT.fail, hint: 'let the others end first, or name another lab' },
  DIRECTORY_TAKEN: { exit: EXIT.badInput, hint: 'name a directory that is empty or does not exist' },
  LAB_DIRECTORY_MISSING: {
    exit: EXIT.fail,
    hint: 'render it again with "apim-lab up", or remove the lab with "apim-lab down"',
  },
  NODE_NOT_FOUND: { exit: EXIT.badInput, hint: 'take one of the names that "apim-lab status" shows' },
  PROBE_UNKNOWN: { exit: EXIT.badInput, hint: 'take one of the probes that "apim-lab probe --help" lists' },
  USAGE: { exit: EXIT.badInput, hint: 'see "apim-lab --help"' },
  DOCKER_MISSING: {
    exit: EXIT.machine,
    hint: 'run scripts/bootstrap as root on Debian or Ubuntu, or start Docker Desktop',
  },
  DOCKER_TOO_OLD: { exit: EXIT.machine, hint: 'update Docker, or run scripts/bootstrap on a machine without it' },
  COMPOSE_MISSING: { exit: EXIT.machine, hint: 'install the Compose v2 plugin: "docker compose version" must answer' },
  MEMORY_SHORT: { exit: EXIT.machine, hint: 'close something, or take a topology with fewer nodes' },
  PORT_IN_USE: {
    exit: EXIT.machine,
    hint: 'stop what listens there, or leave the port out of "expose" to have a free one chosen',
  },
  NO_FREE_SLOT: { exit: EXIT.machine, hint: 'remove a lab with "apim-lab down --lab NAME"' },
  NETWORK_TAKEN: { exit: EXIT.machine, hint: 'find the other network with "docker network ls"' },
  IMAGE_MISSING: { exit: EXIT.machine, hint: 'run scripts/images, or pull the image named' },
  IMAGE_BUILD_FAILED: { exit: EXIT.machine, hint: 'read the build log that the lines above name' },
  NODE_EXITED: { exit: EXIT.fail, hint: 'read its log with "apim-lab logs NODE"' },
  NODE_UNHEALTHY: { exit: EXIT.fail, hint: 'read its log with "apim-lab logs NODE"' },
  CONFIGURATION_UNUSED: {
    exit: EXIT.fail,
    hint: 'have the image copy /home/wso2carbon/wso2-config-volume over the product home and start the product without --optimize, as the published entrypoint does',
  },
  START_TIMEOUT: { exit: EXIT.fail, hint: 'read the log of the node named; give more time with --timeout SECONDS' },
  DATABASE_UNREACHABLE: { exit: EXIT.fail, hint: 'read its log with "apim-lab logs mysql"' },
  SCHEMA_TAKEN: { exit: EXIT.fail, hint: 'remove the lab with its data: "apim-lab down", then "apim-lab up" again' },
  DBSCRIPTS_FAILED: { exit: EXIT.fail, hint: 'read what MySQL said below, and its log with "apim-lab logs mysql"' },
  SAMPLE_API_FAILED: {
    exit: EXIT.fail,
    hint: 'run the probe "api-lifecycle" to see which step fails, then "apim-lab up --sample-api" again',
  },
  BACKEND_MISSING: { exit: EXIT.badInput, hint: 'take "backend: false" out of the topology file' },
  FAULT_THERE: { exit: EXIT.fail, hint: 'heal it first with "apim-lab heal"' },
  FAULT_IMPOSSIBLE: { exit: EXIT.badInput, hint: 'see how it stands with "apim-lab status"' },
  HEAL_FAILED: { exit: EXIT.fail, hint: 'read its log with "apim-lab logs NODE", then try "apim-lab heal" again' },
  COMPOSE_FAILED: { exit: EXIT.fail, hint: 'the lines below are what docker compose said' },
  DOCKER_FAILED: { exit: EXIT.fail, hint: 'the lines below are what the Docker Engine said' },
  INTERRUPTED: {
    exit: EXIT.fail,
    hint: 'look round with "apim-lab status", go on with "apim-lab up", remove with "apim-lab down"',
  },
  INTERNAL: { exit: EXIT.fail, hint: 'this is a defect of the lab: please report it with the lines below' },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERRORS;
