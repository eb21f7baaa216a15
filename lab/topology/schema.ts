import { z } from 'zod';
import { DEFAULT_ENVIRONMENT, ENVIRONMENT_TYPES } from '../product/gateway-environments.ts';
import { LISTENERS, type Listener } from '../product/ports.ts';
import { ROLES, type Role } from '../product/roles.ts';
import { DEFAULT_VERSION, VERSIONS } from '../product/versions.ts';

/*
 * Each leaf has one clause that says what it must be; errors put the key and its value in front of it
 * (check-structure.ts). Descriptions are what editors show. Patterns are bounded, for they meet any file.
 */

const oneOf = (values: readonly string[]): string => `must be one of ${values.join(', ')}`;

const choice = <const T extends readonly string[]>(values: T) => z.enum(values, oneOf(values));

const wholeNumber = (least: number, most: number) => {
  const clause = `must be a whole number from ${least} to ${most}`;
  return z.number(clause).int(clause).min(least, clause).max(most, clause);
};

const flag = () => z.boolean('must be true or false');

const text = (pattern: RegExp, clause: string) => z.string(clause).regex(pattern, clause);

const map = <T extends z.core.$ZodShape>(shape: T) => z.strictObject(shape, 'must be a map of keys and values');

/** A label as DNS and Compose both take it. */
const label = () =>
  text(
    /^[a-z]([a-z0-9-]{0,29}[a-z0-9])?$/,
    'must be lower-case letters, digits and dashes, a letter first, no dash last, at most 31 characters',
  );

/** At most 63 characters: Linux takes no longer name for a machine, X.509 none longer than 64 as a common name. */
const hostname = () =>
  text(
    /^(?!localhost$)(?=.{1,63}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    'must be a DNS host name of at most 63 characters, neither an address nor localhost',
  );

const image = () =>
  text(/^\w[\w./:@+-]{0,254}$/, 'must be "simulator" or an image reference such as wso2/wso2am:3.2.0');

const credential = () =>
  text(/^[^\p{Cc}]{1,255}$/u, 'must be text of 1 to 255 characters, without line breaks or control characters');

const toml = () => z.string('must be text, written under "toml: |"');

const jvmOptions = () =>
  text(/^[^\p{Cc}]{1,4096}$/u, 'must be options on one line, for example "-Xms256m -Xmx512m"').describe(
    'JVM_MEM_OPTS of the nodes, for example "-Xms256m -Xmx512m"',
  );

const hostPort = (listener: Listener) => {
  const { base, title } = LISTENERS[listener];
  return wholeNumber(1, 65535).optional().describe(`host port of the listener on ${base}: ${title}`);
};

const expose = map({
  https: hostPort('https'),
  http: hostPort('http'),
  passthroughHttps: hostPort('passthroughHttps'),
  passthroughHttp: hostPort('passthroughHttp'),
  ws: hostPort('ws'),
  wss: hostPort('wss'),
  amqp: hostPort('amqp'),
  amqps: hostPort('amqps'),
  databridge: hostPort('databridge'),
  databridgeTls: hostPort('databridgeTls'),
} satisfies Record<Listener, unknown>);

/** As people write it in an API's settings; its letters and digits end up in host names. */
const environmentName = () =>
  text(
    /^[A-Za-z0-9]([\w .-]{0,29}[A-Za-z0-9])?$/,
    'must be letters, digits, blanks, dashes, dots and underscores, at most 31 characters',
  );

/** Host ports of a load balancer's fronts are counted out for so many (plan/network.ts). */
const MOST_ENVIRONMENTS = 4;

const environment = map({
  name: environmentName().describe('name of the environment; APIs say by it where they are deployed'),
  type: choice(ENVIRONMENT_TYPES).default('hybrid').describe('tokens it is for'),
  description: text(/^[^\p{Cc}]{1,255}$/u, 'must be text of 1 to 255 characters, without line breaks')
    .default(DEFAULT_ENVIRONMENT.description)
    .describe('shown in the portals'),
  dmz: flag()
    .default(false)
    .describe('puts its Gateways into a network of their own, from which they reach only what they must'),
});

const node = map({
  role: choice(ROLES).describe('what the node is'),
  name: label()
    .optional()
    .describe('prefix of the node names, which get a number; default by role: km, tm, pub, dev, gw, aio'),
  replicas: wholeNumber(1, 32).default(1).describe('how many such nodes'),
  environment: environmentName().optional().describe('gateway environment of the Gateways; default the first'),
  image: image().optional().describe("image of the node; default the lab's"),
  offset: wholeNumber(0, 500).default(0).describe('[server] offset, added to every port of the node'),
  hostname: hostname().optional().describe('host name of the node, default <name>.<domain>; only without replicas'),
  host: label().optional().describe('machine of the node: nodes that name the same one share a network address'),
  expose: expose.optional().describe('fixed ports on the host by listener; listeners not named get a free one'),
  jvmOptions: jvmOptions().optional(),
  memory: text(/^[1-9]\d{0,9}[kmgKMG]$/, 'must be a size such as 512m or 2g')
    .optional()
    .describe('memory limit of the container; default 256m for the simulator, 2g for the product'),
  toml: toml().optional().describe("TOML text laid over the node's deployment.toml, after the lab's own"),
});

const schema = (name: string, user: string) =>
  map({
    name: text(/^\w{1,64}$/, 'must be letters, digits and underscores, at most 64 characters')
      .default(name)
      .describe('name of the schema'),
    username: text(/^[\w.-]{1,32}$/, 'must be letters, digits, dots, dashes and underscores, at most 32 characters')
      .default(user)
      .describe('database user of the nodes'),
    password: credential().default(user).describe('password of that user'),
  }).prefault({});

const stickiness = () => choice(['cookie', 'address', 'none']);

const stickyFor = (role: Role) => stickiness().optional().describe(`the same for nodes of role ${role}`);

/** The topology file, as the user writes it. Every field has its default here and nowhere else. */
export const topologySchema = map({
  lab: label().describe('name of the lab; also of its Compose project, apim-<lab>'),
  version: choice(VERSIONS).default(DEFAULT_VERSION).describe('product version the configuration is rendered for'),
  image: image()
    .default('simulator')
    .describe('image of every node: "simulator" or an image reference such as wso2/wso2am:3.2.0'),
  domain: hostname().optional().describe('domain of the host names, default <lab>.test'),
  nodes: z
    .array(node, 'must be a list of nodes')
    .min(1, 'must name at least one node')
    .describe('the nodes, an entry for each kind'),
  environments: z
    .array(environment, 'must be a list of gateway environments')
    .min(1, 'must name at least one environment')
    .max(MOST_ENVIRONMENTS, `must name at most ${MOST_ENVIRONMENTS} environments`)
    .default([{ ...DEFAULT_ENVIRONMENT, dmz: false }])
    .describe('the gateway environments, groups of Gateways that APIs are deployed to; default one for all'),
  admin: map({
    username: text(/^[^\p{Cc}:]{1,255}$/u, 'must be text of 1 to 255 characters, without colons or control characters')
      .default('admin')
      .describe('name of the super administrator'),
    password: credential().default('admin').describe('password of the super administrator'),
  })
    .prefault({})
    .describe('the super administrator of every node'),
  database: map({
    image: image().optional().describe("MySQL image; default the lab's own"),
    connector: text(/^[^\p{Cc}]{1,1024}\.jar$/u, 'must be the path of a .jar file')
      .optional()
      .describe('JDBC driver for product nodes whose image has none: a jar, its path counted from this file'),
    hostname: hostname().optional().describe('host name of the database, default mysql.<domain>'),
    apim: schema('apim_db', 'apimadmin').describe('the schema of APIs, subscriptions and tokens'),
    shared: schema('shared_db', 'sharedadmin').describe('the schema of users and registry'),
  })
    .prefault({})
    .describe('the MySQL server of the lab'),
  loadBalancer: map({
    enabled: flag().default(true).describe('an nginx in front of every component'),
    layout: choice(['shared', 'per-component'])
      .default('shared')
      .describe('one nginx in front of all components, or one for each'),
    sticky: stickiness().default('cookie').describe('how a client is kept on one node, where the component needs it'),
    stickyFor: map({
      'key-manager': stickyFor('key-manager'),
      'traffic-manager': stickyFor('traffic-manager'),
      publisher: stickyFor('publisher'),
      'developer-portal': stickyFor('developer-portal'),
      gateway: stickyFor('gateway'),
      'all-in-one': stickyFor('all-in-one'),
    } satisfies Record<Role, unknown>)
      .prefault({})
      .describe('another way for one component, whether it needs it or not'),
  })
    .prefault({})
    .describe('the load balancer of the lab'),
  sharedFileSystem: map({
    type: choice(['nfs', 'volume', 'none'])
      .default('nfs')
      .describe('what holds the shared directories: an NFS server, a Docker volume, or nothing'),
    mount: choice(['auto', 'kernel', 'fuse'])
      .default('auto')
      .describe("NFS client: the kernel's, a FUSE one in the node, or whichever the machine has"),
    directories: choice(['needed', 'server'])
      .default('needed')
      .describe('what a group shares: the directories that it needs, or all of repository/deployment/server'),
    apis: choice(['share', 'rsync', 'event-hub'])
      .default('share')
      .describe(
        'how APIs come to every Gateway: by the share, copied by rsync from the first Gateway, or fetched from the event hub (3.2.0)',
      ),
    rsyncInterval: wholeNumber(1, 3600).default(5).describe('seconds between two runs of rsync'),
  })
    .prefault({})
    .describe('the directories that Gateways and Traffic Managers share'),
  backend: flag().default(true).describe('a small REST server that APIs of the lab can call: http://backend:8080'),
  expose: flag().default(true).describe('publish all ports of the lab on the loopback address of the host'),
  jvmOptions: jvmOptions().optional(),
  toml: toml().optional().describe('TOML text laid over the deployment.toml of every node'),
}).meta({ title: 'apim-lab topology', description: 'One WSO2 API Manager lab' });

export type Topology = z.output<typeof topologySchema>;
export type TopologyNode = Topology['nodes'][number];
export type TopologyEnvironment = Topology['environments'][number];
