/** Where a `jdbc:mysql:` URL points, and what its parameters ask for. */
export type MysqlAddress = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** How the connection is protected; without a parameter the connector takes TLS only where it is offered, we none. */
  readonly tls: 'none' | 'encrypted' | 'verified';
};

const DEFAULT_PORT = 3306;

/**
 * Parses `jdbc:mysql://host:port/name?useSSL=false&...`; undefined for another kind of URL or a malformed one.
 * Parameters without a meaning here (`autoReconnect`, `allowPublicKeyRetrieval`...) are passed over, as unknown ones are by
 * Connector/J. The URL is the decoded one: `&amp;` belongs to `deployment.toml` (configuration.md 4.3).
 */
export const parseMysqlUrl = (url: string): MysqlAddress | undefined => {
  const rest = /^jdbc:mysql:(\/\/.+)$/i.exec(url.trim())?.[1];
  if (rest === undefined || !URL.canParse(`mysql:${rest}`)) return undefined;
  const parsed = new URL(`mysql:${rest}`);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (parsed.hostname === '' || database === '' || database.includes('/')) return undefined;
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? DEFAULT_PORT : Number(parsed.port),
    database,
    tls: tlsOf(parsed.searchParams),
  };
};

/** Kind of database of a JDBC URL: `mysql`, `h2`, `oracle`... */
export const jdbcKind = (url: string): string => /^jdbc:([a-z0-9]+):/i.exec(url.trim())?.[1]?.toLowerCase() ?? '';

/** `sslMode` is Connector/J 8's way to say it and beats the older flags. */
const tlsOf = (parameters: URLSearchParams): MysqlAddress['tls'] => {
  const mode = parameters.get('sslMode');
  if (mode !== null) return SSL_MODES[mode.toUpperCase()] ?? 'none';
  const is = (name: string): boolean => parameters.get(name)?.toLowerCase() === 'true';
  if (!is('useSSL') && !is('requireSSL')) return 'none';
  return is('verifyServerCertificate') ? 'verified' : 'encrypted';
};

const SSL_MODES: Readonly<Record<string, MysqlAddress['tls']>> = {
  REQUIRED: 'encrypted',
  VERIFY_CA: 'verified',
  VERIFY_IDENTITY: 'verified',
};
