import type { EnvironmentType } from '../product/gateway-environments.ts';
import type { Listener } from '../product/ports.ts';
import type { Role, SharedDirectory } from '../product/roles.ts';
import type { Version } from '../product/versions.ts';

/** What the machine decides and a pure plan cannot know; gathered by the engine before planning. */
export type Placement = {
  /** Index of the address and port range taken on this machine, so that labs do not collide. */
  readonly slot: number;
  /** Whether the Docker host's kernel can mount NFS itself. */
  readonly kernelNfs: boolean;
  /** References of the lab's own images, by the folder under `compose/` they are built from. */
  readonly images: LabImages;
};

export type LabImages = {
  readonly wso2am: Readonly<Record<Version, string>>;
  readonly mysql: string;
  readonly nginx: string;
  readonly nfs: string;
  readonly backend: string;
};

export type PlannedListener = {
  readonly listener: Listener;
  /** Port inside the lab's network, offset included. */
  readonly port: number;
  /** Port on the host's loopback address; absent when the lab exposes nothing. */
  readonly hostPort?: number;
};

/** Credentials and name of one schema. */
export type PlannedSchema = { readonly name: string; readonly username: string; readonly password: string };

/** A group of Gateways that APIs are deployed to as one (configuration.md 5.3). */
export type PlannedEnvironment = {
  readonly name: string;
  readonly type: EnvironmentType;
  readonly description: string;
  /** Whether its Gateways stand in the network of their own. */
  readonly dmz: boolean;
  /** Tells its host names and volumes from those of others; absent where the lab has one environment. */
  readonly label?: string;
};

export type PlannedNode = {
  /** `km-1`; also the Compose service. */
  readonly name: string;
  readonly role: Role;
  /** 1-based among the nodes of its role. */
  readonly replica: number;
  /** Label of a Gateway's environment, where the lab has several. */
  readonly environment?: string;
  /** Stands in the network `dmz`, and in no other. */
  readonly dmz?: true;
  readonly image: string;
  /** True for the lab's own image: it needs less memory and time, and may mount NFS through FUSE. */
  readonly simulated: boolean;
  /** Name by which other nodes reach this one; CN of its certificate. */
  readonly hostname: string;
  /** `[server] hostname`: the load balancer's name where one fronts a component that people log in to. */
  readonly serverHostname: string;
  /** `proxyPort` of the servlet transports, when behind the load balancer. */
  readonly proxyPort?: { readonly https: number; readonly http: number };
  readonly address: string;
  /** Physical machine it shares with others: one network address for all of them. */
  readonly host?: string;
  readonly offset: number;
  readonly listeners: readonly PlannedListener[];
  readonly shares: readonly SharedDirectory[];
  /** Directories that others would share and this one has to itself, in a volume. */
  readonly keeps?: readonly SharedDirectory[];
  readonly jvmOptions?: string;
  readonly memory: string;
  /** Extra deployment.toml text, lab-wide first, then the node's own. */
  readonly extraToml: readonly string[];
};

/** One port of a load balancer: TLS in, TLS out, unless plain. */
export type PlannedFront = {
  readonly role: Role;
  /** Label of the environment of the Gateways behind it, where the lab has several. */
  readonly environment?: string;
  /** `servlet` 9443, `passthrough` 8243, `passthroughPlain` 8280, `ws` 9099, `wss` 8099. */
  readonly listener: Listener;
  /** Virtual host. */
  readonly hostname: string;
  /** Well-known port inside the network, shared by virtual hosts: 443, 80, 9099, 8099. */
  readonly port: number;
  /** Port of its own, so that the host can reach it without the host name. */
  readonly directPort: number;
  readonly hostPort?: number;
  readonly sticky: 'cookie' | 'address' | 'none';
  readonly upstream: readonly { readonly node: string; readonly address: string; readonly port: number }[];
};

export type PlannedBalancer = {
  readonly name: string;
  readonly image: string;
  readonly address: string;
  /** Its address in the network `dmz`, of the one that leads there. */
  readonly dmzAddress?: string;
  readonly fronts: readonly PlannedFront[];
};

/**
 * The way through the firewall to one host: what stands in the DMZ under the name of a host outside it and passes on what comes to
 * some of its ports. There is no other way out.
 */
export type PlannedPassage = {
  /** `fw-km-1` */
  readonly name: string;
  readonly image: string;
  /** Whom it stands for, and every name that it answers to in the DMZ. */
  readonly hostname: string;
  readonly aliases: readonly string[];
  readonly address: string;
  readonly dmzAddress: string;
  readonly ports: readonly PassagePort[];
};

export type PassagePort = {
  readonly port: number;
  /** Where it leads, by addresses that need no name service. */
  readonly to: { readonly address: string; readonly port: number };
  readonly why: string;
};

export type PlannedDatabase = {
  readonly name: string;
  readonly image: string;
  /** True for the lab's own image, which brings the simulator's tables; any other starts without the lab's schemas. */
  readonly own: boolean;
  /** JDBC driver that product nodes get: the path of a jar on this machine. */
  readonly connector?: string;
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
  readonly apim: PlannedSchema;
  readonly shared: PlannedSchema;
  readonly hostPort?: number;
};

/** The shared file system. How a node mounts it depends on the Docker host and on the node's image. */
export type PlannedShare = {
  readonly name: string;
  readonly image: string;
  readonly address: string;
  readonly type: 'nfs' | 'volume';
  /** NFS client of the nodes: the Docker host's kernel, or one in each simulator node. */
  readonly mount: 'kernel' | 'fuse';
  /** What it exports: shared directories, one for each environment where Gateways must not see each other's APIs. */
  readonly directories: readonly string[];
  /**
   * Directories on a plain volume, although the others are on NFS: a product node is among those who share them, and neither
   * it nor the kernel has an NFS client.
   */
  readonly onVolume: readonly string[];
};

/**
 * APIs copied one way, from the first gateway, which Publishers deploy to, to the others, which only read them
 * (configuration.md 10).
 */
export type PlannedSync = {
  readonly name: string;
  readonly image: string;
  readonly directory: SharedDirectory;
  /** Node that is copied from. */
  readonly manager: string;
  /** Nodes that are copied to. */
  readonly workers: readonly string[];
  /** Seconds between two runs of rsync. */
  readonly interval: number;
};

/** The REST server that the lab's APIs can call: `http://backend:8080`. */
export type PlannedBackend = {
  readonly name: string;
  readonly image: string;
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
  readonly hostPort?: number;
};

/** Who calls whom, on which port, and the deployment.toml key on the caller that says so (configuration.md 6). */
export type Link = {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** Host name that the caller has for it, unless it goes by address. */
  readonly hostname?: string;
  readonly why: string;
  readonly key: string;
  /** Whose work is asked for, of whomever `to` passes it on to; absent for the database and the share. */
  readonly role?: Role;
};

/** `from` starts when `to` is healthy, because `why`. */
export type StartEdge = { readonly from: string; readonly to: string; readonly why: string };

/** Everything derived from a topology and a placement. Pure data; renderers and the engine read nothing else. */
export type Plan = {
  readonly lab: string;
  /** Compose project name. */
  readonly project: string;
  readonly version: Version;
  readonly domain: string;
  readonly slot: number;
  readonly network: {
    readonly name: string;
    readonly subnet: string;
    readonly gateway: string;
    /** For containers of others. */
    readonly range: string;
  };
  /** Network of the environments in the DMZ. */
  readonly dmz?: { readonly subnet: string; readonly gateway: string };
  readonly environments: readonly PlannedEnvironment[];
  readonly admin: { readonly username: string; readonly password: string };
  readonly nodes: readonly PlannedNode[];
  readonly database: PlannedDatabase;
  readonly balancers: readonly PlannedBalancer[];
  readonly firewall: readonly PlannedPassage[];
  readonly share?: PlannedShare;
  /** How APIs come to every gateway. */
  readonly apis: 'share' | 'rsync' | 'event-hub';
  readonly sync?: PlannedSync;
  readonly backend?: PlannedBackend;
  readonly links: readonly Link[];
  readonly start: readonly StartEdge[];
};
