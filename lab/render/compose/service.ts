/** A Compose service as the lab writes it: only the keys it uses, in the order they are written. */
export type Service = {
  readonly image: string;
  readonly pull_policy: 'never' | 'missing';
  readonly hostname?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly user?: string;
  readonly init: true;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, { readonly ipv4_address: string; readonly aliases: readonly string[] }>>;
  readonly cap_add?: readonly string[];
  readonly devices?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit: string;
  readonly stop_grace_period: string;
  readonly healthcheck: Healthcheck;
  readonly depends_on?: Readonly<Record<string, { readonly condition: 'service_healthy' }>>;
  readonly labels: Readonly<Record<string, string>>;
};

export type Healthcheck = {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly start_period: string;
  readonly start_interval: string;
};

/**
 * A check that is frequent while the container starts and rare afterwards: twelve nodes checked every second would take
 * half of a laptop's CPU (measured: 48 % of two cores). `start_interval` needs Docker Engine 25.
 */
export const healthcheck = (test: readonly string[], startSeconds: number, startInterval = '200ms'): Healthcheck => ({
  test,
  interval: '30s',
  timeout: '5s',
  retries: 3,
  start_period: `${startSeconds}s`,
  start_interval: startInterval,
});

/** A check that all ports accept, by the netcat of every product image; the one of 3.0.0 on Alpine has no bash. */
export const portsAnswer = (ports: readonly number[]): readonly string[] => [
  'CMD',
  'sh',
  '-c',
  ports.map((port) => `nc -z 127.0.0.1 ${port}`).join(' && '),
];

/** The same with nothing but bash, which starts no other process. */
export const portsAccept = (ports: readonly number[]): readonly string[] => [
  'CMD',
  'bash',
  '-c',
  ports.map((port) => `exec 3<>/dev/tcp/127.0.0.1/${port}`).join(' && '),
];

/** A port published on the host's loopback address only. */
export const publish = (hostPort: number, port: number): string => `127.0.0.1:${hostPort}:${port}`;

/** Containers of the lab's own parts: they end on SIGTERM at once. */
export const PART_STOP_GRACE = '5s';
