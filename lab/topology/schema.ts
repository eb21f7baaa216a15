import { z } from 'zod';
import { ROLES } from '../product/roles.ts';
import { DEFAULT_VERSION, VERSIONS } from '../product/versions.ts';

/** A label as DNS and Compose both take it. */
const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}$/,
    'must be lower-case letters, digits and dashes, a letter first, at most 31 characters',
  );

const hostname = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i, 'must be a DNS host name');

const image = z.string().min(1).describe('"simulator" or any image reference, for example wso2/wso2am:3.2.0');

const toml = z.string().describe('keys merged over the rendered deployment.toml, written as TOML text');

const hostPort = z.number().int().min(1).max(65535);

const expose = z
  .strictObject({
    https: hostPort.optional(),
    http: hostPort.optional(),
    passthroughHttps: hostPort.optional(),
    passthroughHttp: hostPort.optional(),
    ws: hostPort.optional(),
    wss: hostPort.optional(),
    amqp: hostPort.optional(),
    amqps: hostPort.optional(),
    databridge: hostPort.optional(),
    databridgeTls: hostPort.optional(),
  })
  .describe('fixed host ports by listener; listeners not named get a free port');

const node = z.strictObject({
  role: z.enum(ROLES).describe('what the node is'),
  name: name
    .optional()
    .describe("prefix of the node names, default the role's abbreviation: km, tm, pub, dev, gw, aio"),
  replicas: z.number().int().min(1).max(32).default(1).describe('how many such nodes; two or more get a load balancer'),
  image: image.optional(),
  offset: z.number().int().min(0).max(500).default(0).describe('[server] offset, added to every port'),
  hostname: hostname.optional().describe('host name of the node; only with replicas: 1'),
  host: name.optional().describe('nodes with the same host share one network address, as on one machine'),
  expose: expose.optional(),
  jvmOptions: z.string().optional().describe('JVM_MEM_OPTS of the node, for example "-Xms256m -Xmx512m"'),
  memory: z
    .string()
    .regex(/^\d+[kmg]$/i, 'must be a size such as 512m or 2g')
    .optional()
    .describe('memory limit of the container'),
  toml: toml.optional(),
});

const database = (schema: string, user: string) =>
  z
    .strictObject({
      name: z
        .string()
        .regex(/^\w{1,64}$/, 'must be letters, digits and underscores')
        .default(schema),
      username: z
        .string()
        .regex(/^[\w.-]{1,32}$/, 'must be letters, digits, dots, dashes and underscores')
        .default(user),
      password: z.string().min(1).default(user),
    })
    .prefault({});

/** The topology file, as the user writes it. Every field has its default here and nowhere else. */
export const topologySchema = z
  .strictObject({
    lab: name.describe('name of the lab; also of its Compose project and its domain'),
    version: z.enum(VERSIONS).default(DEFAULT_VERSION).describe('product version the configuration is rendered for'),
    image: image.default('simulator'),
    domain: hostname.optional().describe('domain of the host names, default <lab>.test'),
    nodes: z.array(node).min(1),
    admin: z
      .strictObject({
        username: z.string().min(1).default('admin'),
        password: z.string().min(1).default('admin'),
      })
      .prefault({}),
    database: z
      .strictObject({
        image: image.optional().describe("MySQL image; default the lab's own"),
        hostname: hostname.optional(),
        apim: database('apim_db', 'apimadmin'),
        shared: database('shared_db', 'sharedadmin'),
      })
      .prefault({}),
    loadBalancer: z
      .strictObject({
        enabled: z.boolean().default(true).describe('an nginx in front of every component'),
        sticky: z
          .enum(['cookie', 'address', 'none'])
          .default('cookie')
          .describe('how a client is kept on one node where the component needs it'),
      })
      .prefault({}),
    sharedFileSystem: z
      .strictObject({
        type: z.enum(['nfs', 'volume', 'none']).default('nfs'),
        mount: z
          .enum(['auto', 'kernel', 'fuse'])
          .default('auto')
          .describe("NFS client: the kernel's, a FUSE one in the node, or whichever the machine has"),
      })
      .prefault({}),
    expose: z.boolean().default(true).describe('publish the ports of nodes and load balancer on the loopback address'),
    jvmOptions: z.string().optional(),
    toml: toml.optional(),
  })
  .meta({ title: 'apim-lab topology', description: 'One WSO2 API Manager lab' });

export type Topology = z.output<typeof topologySchema>;
export type TopologyNode = Topology['nodes'][number];
