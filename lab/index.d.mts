// What a test suite, or any other program, imports from "apim-lab"; docs/test-suites.md shows it at work. Declared here once:
// lab/suite/ is checked against these types.

/** Starts the lab of a topology file, or joins it where it runs already. @throws LabError */
export function startLab(topology: string | URL, options?: StartOptions): Promise<Lab>;

/** Joins a running lab by its name, whatever its topology. @throws LabError with LAB_NOT_FOUND */
export function attachLab(name: string, options?: AttachOptions): Promise<Lab>;

export interface AttachOptions {
  /** Milliseconds that everything may take, waiting for other test files included. Default 300,000. */
  readonly timeout?: number | undefined;
  /** Ends the work; its reason is what is thrown. What was started by then is left running. */
  readonly signal?: AbortSignal | undefined;
}

export interface StartOptions extends AttachOptions {
  /** Name of the lab, instead of the one in the topology file. */
  readonly name?: string | undefined;
  /** Hears a line for each thing that happens: `console.log` shows a start as it goes. */
  readonly report?: ((line: string) => void) | undefined;
}

/** What every failure of the lab itself is thrown as; docs/troubleshooting.md lists the codes. */
export class LabError extends Error {
  /** Code of the first problem: `LAB_NOT_FOUND`, `NODE_EXITED`, `PORT_IN_USE`... */
  readonly code: string;
  readonly problems: readonly [Problem, ...Problem[]];
}

export interface Problem {
  readonly code: string;
  readonly sentence: string;
  /** What to do about it. */
  readonly hint: string;
  readonly node?: string;
  readonly where?: string;
  readonly evidence?: string;
}

/** A running lab, in use until `stop`. */
export interface Lab {
  readonly name: string;
  /** Of the product: `3.2.0`. */
  readonly version: string;
  /** PEM of the lab's CA, for clients other than `http`. */
  readonly ca: string;
  /** The same as files: PEM for `NODE_EXTRA_CA_CERTS` or curl, JKS for a JVM. */
  readonly trust: { readonly caFile: string; readonly trustStore: string; readonly trustStorePassword: string };
  /** The super administrator. */
  readonly credentials: { readonly username: string; readonly password: string };
  readonly nodes: readonly LabNode[];
  /** Database, share, load balancer, back end. */
  readonly parts: readonly LabPart[];
  /** The load balancer's URLs by role and listener: `endpoints.gateway?.passthroughHttps`. */
  readonly endpoints: Readonly<Record<string, Urls>>;
  /** The gateway environments: nodes that serve the APIs of each, and the load balancer's URLs before them. */
  readonly environments: readonly GatewayEnvironment[];
  /** The REST server that APIs can call: `url` as the gateways reach it, `hostUrl` as this machine does. */
  readonly backend: { readonly url: string; readonly hostUrl?: string | undefined } | undefined;
  /** Name of the lab's Docker network: a container that joins it reaches the nodes by their host names, and they it by its own. */
  readonly network: string;
  /** The database as this machine reaches it. */
  readonly database:
    | { readonly host: string; readonly port: number; readonly apim: string; readonly shared: string }
    | undefined;
  /** A node by its name: `gw-1`. @throws LabError with NODE_NOT_FOUND */
  node(name: string): LabNode;
  /** A part by its name: `mysql`, `nfs`, `lb`, `backend`. @throws LabError with NODE_NOT_FOUND */
  part(name: string): LabPart;
  /** A request of a client that trusts the lab's CA and nothing else. Rejects when no answer comes within half a minute. */
  http(request: HttpRequest): Promise<HttpAnswer>;
  /** How everything stands now. */
  status(): Promise<LabStatus>;
  /** Runs a probe: `token-issuance`, `api-lifecycle`, `throttling`. Its failure is a verdict, not an error. */
  probe(name: string, options?: ProbeOptions): Promise<ProbeReport>;
  /** Brings back everything that was taken away, by whomever. */
  heal(): Promise<void>;
  /**
   * Ends this use and heals what it took away. Removes the lab when nobody else uses it and `startLab` made it; a lab that stood
   * before stays. `await using` calls it. A second call does nothing.
   */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A group of gateways that APIs are deployed to. */
export interface GatewayEnvironment {
  readonly name: string;
  readonly type: 'hybrid' | 'production' | 'sandbox';
  readonly dmz: boolean;
  readonly gateways: readonly string[];
  readonly urls: Urls;
}

/** A container of the lab. */
export interface LabPart {
  readonly name: string;
  readonly role: string;
  /** The last lines of its output, 200 unless told. */
  logs(options?: { readonly tail?: number }): Promise<string>;
  /** Ends it at once with SIGKILL. */
  kill(): Promise<NodeFault>;
  /** Stops it in its tracks: it accepts connections and never answers. */
  pause(): Promise<NodeFault>;
  /** Takes its network away. */
  cut(): Promise<NodeFault>;
}

/** A node of the product. */
export interface LabNode extends LabPart {
  /** Inside the lab. */
  readonly hostname: string;
  readonly address: string;
  /** As this machine reaches it. */
  readonly urls: Urls;
}

/** URLs by listener: `https`, `passthroughHttps`, `wss`, `amqp`... Only those that the node opens. */
export type Urls = Readonly<Record<string, string>>;

/** Something that was taken away; `await using` brings it back. */
export interface NodeFault {
  readonly node: string;
  readonly way: 'kill' | 'pause' | 'cut';
  /** ISO 8601. */
  readonly since: string;
  /** Brings it back; a killed one is healthy again then. @throws LabError with HEAL_FAILED */
  heal(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface HttpRequest {
  readonly url: string;
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface ProbeOptions {
  /** Milliseconds that it may wait for what only time brings, such as a new quota. Default 3000. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

export type Verdict = 'pass' | 'fail' | 'unknown';

export interface ProbeReport {
  readonly probe: string;
  readonly verdict: Verdict;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly hops: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly verdict: Verdict;
    readonly ms: number;
    readonly detail: string;
  }[];
}

export interface LabStatus {
  readonly nodes: readonly PartStatus[];
  readonly parts: readonly PartStatus[];
  readonly faults: readonly Pick<NodeFault, 'node' | 'way' | 'since'>[];
}

export interface PartStatus {
  readonly name: string;
  readonly role: string;
  /** Docker's: `running`, `paused`, `exited`...; `missing` when there is no container. */
  readonly state: string;
  readonly health: 'starting' | 'healthy' | 'unhealthy' | 'none';
  readonly memoryBytes: number | null;
}
