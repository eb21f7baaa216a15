import type {
  Plan,
  PlannedBackend,
  PlannedBalancer,
  PlannedDatabase,
  PlannedPassage,
  PlannedShare,
} from '../../plan/plan.ts';
import { PASSAGE_HEALTH_PORT } from '../nginx/passage.ts';
import { FILES } from '../paths.ts';
import { dependenciesOf } from './depends-on.ts';
import { containerLabels } from './labels.ts';
import { publishedPorts } from './node-service.ts';
import { healthcheck, PART_STOP_GRACE, portsAccept, publish, type Service } from './service.ts';
import { EXPORT_ROOT } from './share-mounts.ts';

/** MySQL with both schemas; its data lives in a volume, so that a replaced container keeps it. */
export const databaseService = (plan: Plan, database: PlannedDatabase): Service => ({
  image: database.image,
  pull_policy: database.own ? 'never' : 'missing',
  hostname: database.hostname,
  networks: { lab: { ipv4_address: database.address, aliases: [database.hostname] } },
  ...(database.hostPort !== undefined && { ports: [publish(database.hostPort, database.port)] }),
  init: true,
  environment: database.own
    ? { APIM_DB: database.apim.name, SHARED_DB: database.shared.name }
    : PUBLISHED_MYSQL.environment,
  volumes: ['mysql-data:/var/lib/mysql', ...(database.own ? [`./${FILES.mysqlInit}:/etc/apim-lab/init.sql:ro`] : [])],
  mem_limit: database.own ? '512m' : PUBLISHED_MYSQL.memory,
  stop_grace_period: '10s',
  healthcheck: database.own
    ? healthcheck(['CMD', 'mysqladmin', 'ping', '--silent'], 30, '100ms')
    : healthcheck(PUBLISHED_MYSQL.ping, 120, '500ms'),
  labels: containerLabels(plan, database.name, 'database'),
});

/**
 * The image that MySQL publishes: root logs in from the container itself only, without a password, and the server that
 * its entrypoint runs while it makes the data directory answers by the socket alone.
 */
const PUBLISHED_MYSQL = {
  /** Its settings are MySQL's defaults: half a gigabyte at rest. */
  memory: '1g',
  environment: { MYSQL_ALLOW_EMPTY_PASSWORD: 'yes', MYSQL_ROOT_HOST: 'localhost' },
  ping: ['CMD', 'mysqladmin', 'ping', '--silent', '--host=127.0.0.1', '--protocol=tcp'],
} as const;

/** The NFS server behind the shared directories. */
export const shareService = (plan: Plan, share: PlannedShare): Service => ({
  image: share.image,
  pull_policy: 'never',
  networks: { lab: { ipv4_address: share.address, aliases: [`${share.name}.${plan.domain}`] } },
  init: true,
  // nfs-ganesha opens files by handle.
  cap_add: ['DAC_READ_SEARCH'],
  environment: { SHARED_DIRECTORIES: share.directories.join(' ') },
  volumes: [`nfs-export:${EXPORT_ROOT}`, `./${FILES.ganesha}:/etc/ganesha/ganesha.conf:ro`],
  mem_limit: '256m',
  stop_grace_period: PART_STOP_GRACE,
  // A port check would pass although the export failed: a real client lists it.
  healthcheck: healthcheck(
    ['CMD', 'nfs-ls', `nfs://127.0.0.1${EXPORT_ROOT}/?version=3&nfsport=2049&mountport=20048`],
    30,
  ),
  labels: containerLabels(plan, share.name, 'share'),
});

/** An nginx in front of the components. */
export const balancerService = (plan: Plan, balancer: PlannedBalancer): Service => {
  const dependencies = dependenciesOf(plan, balancer.name);
  const aliases = [...new Set(balancer.fronts.map((front) => front.hostname))];
  const ports = balancer.fronts.flatMap(({ hostPort, directPort }) =>
    hostPort === undefined ? [] : [publish(hostPort, directPort)],
  );
  return {
    image: balancer.image,
    pull_policy: 'never',
    networks: {
      lab: { ipv4_address: balancer.address, aliases },
      ...(balancer.dmzAddress !== undefined && { dmz: { ipv4_address: balancer.dmzAddress, aliases } }),
    },
    ...(ports.length > 0 && { ports }),
    init: true,
    volumes: [
      `./${FILES.nginx(balancer.name)}:/etc/nginx/nginx.conf:ro`,
      `./${FILES.certificate(balancer.name)}:/etc/nginx/certificates/lb.pem:ro`,
      `./${FILES.key(balancer.name)}:/etc/nginx/certificates/lb.key:ro`,
      `./${FILES.ca}:/etc/nginx/certificates/ca.pem:ro`,
    ],
    mem_limit: '128m',
    stop_grace_period: PART_STOP_GRACE,
    healthcheck: healthcheck(portsAccept([443]), 30),
    ...(dependencies && { depends_on: dependencies }),
    labels: containerLabels(plan, balancer.name, 'balancer'),
  };
};

/** What stands in the DMZ for a host outside it, and passes on what comes to some of its ports. */
export const passageService = (plan: Plan, passage: PlannedPassage): Service => ({
  image: passage.image,
  pull_policy: 'never',
  networks: {
    lab: { ipv4_address: passage.address, aliases: [] },
    dmz: { ipv4_address: passage.dmzAddress, aliases: passage.aliases },
  },
  init: true,
  volumes: [`./${FILES.nginx(passage.name)}:/etc/nginx/nginx.conf:ro`],
  mem_limit: '64m',
  stop_grace_period: PART_STOP_GRACE,
  healthcheck: healthcheck(portsAccept([PASSAGE_HEALTH_PORT]), 30),
  labels: containerLabels(plan, passage.name, 'firewall'),
});

/** The REST server behind the lab's APIs; nothing waits for it but the lab as a whole. */
export const backendService = (plan: Plan, backend: PlannedBackend): Service => ({
  image: backend.image,
  pull_policy: 'never',
  hostname: backend.hostname,
  networks: { lab: { ipv4_address: backend.address, aliases: [backend.hostname] } },
  ...(backend.hostPort !== undefined && { ports: [publish(backend.hostPort, backend.port)] }),
  init: true,
  environment: { PORT: String(backend.port) },
  mem_limit: '128m',
  stop_grace_period: PART_STOP_GRACE,
  healthcheck: healthcheck(portsAccept([backend.port]), 30),
  labels: containerLabels(plan, backend.name, 'backend'),
});

/** A machine that several nodes live on: it holds the address and the published ports that they share. */
export const hostService = (plan: Plan, name: string, host: string): Service => {
  const nodes = plan.nodes.filter((node) => node.host === host);
  const [first] = nodes;
  return {
    image: plan.balancers[0]?.image ?? plan.database.image,
    pull_policy: 'never',
    hostname: host,
    entrypoint: ['sleep', 'infinity'],
    networks: {
      lab: { ipv4_address: first?.address ?? '', aliases: nodes.flatMap((node) => [node.name, node.hostname]) },
    },
    ...publishedPorts(nodes),
    init: true,
    mem_limit: '32m',
    stop_grace_period: PART_STOP_GRACE,
    healthcheck: healthcheck(['CMD', 'true'], 10),
    labels: containerLabels(plan, name, 'host'),
  };
};
