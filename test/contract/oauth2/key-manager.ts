import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import type { CarbonContext } from '../../../compose/wso2am/server/carbon/context.ts';
import { createAuthenticator } from '../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createEvents, type RevokedToken } from '../../../compose/wso2am/server/carbon/events.ts';
import { BODY_LIMIT, SERVLET_LIMITS } from '../../../compose/wso2am/server/carbon/http-limits.ts';
import type { Log } from '../../../compose/wso2am/server/carbon/log.ts';
import { openUsers } from '../../../compose/wso2am/server/carbon/open-users.ts';
import { createRouter } from '../../../compose/wso2am/server/carbon/router.ts';
import { serveCalls } from '../../../compose/wso2am/server/carbon/serve-calls.ts';
import { createSessionStore } from '../../../compose/wso2am/server/carbon/session-store.ts';
import { tomcatPage } from '../../../compose/wso2am/server/carbon/tomcat-page.ts';
import { runtimeProperties } from '../../../compose/wso2am/server/config/runtime-properties.ts';
import { keyManagerEndpoints } from '../../../compose/wso2am/server/keymanager/endpoints.ts';
import type { Version } from '../../../lab/product/versions.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { issueCertificates } from '../../../lab/render/certificates/issue-certificates.ts';
import { load, type Tables } from '../../unit/simulator/config/deployment.ts';
import type { MysqlUnderTest } from './mysql.ts';

/** Keys of the lab: one authority, one TLS key, one key that signs tokens. Made once for a test file. */
const certificates = issueCertificates(
  [
    { name: 'ca', commonName: 'test authority', hostnames: [], addresses: [] },
    { name: 'tls', commonName: 'localhost', hostnames: ['localhost'], addresses: [] },
    { name: 'primary', commonName: 'primary', hostnames: [], addresses: [] },
  ],
  new Map(),
  new Date(),
);

export type KeyManagerOptions = {
  readonly version?: Version;
  readonly clock?: () => number;
  readonly tables?: Tables;
};

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Fails the test where the body is no JSON object. */
  json(): Record<string, unknown>;
};

export type RequestParts = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** User and password of a Basic header. */
  readonly basic?: readonly [string, string];
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>> | URLSearchParams;
  readonly body?: BodyInit;
};

/** As libraries pass it, with a body that may be undefined. */
type FetchInit = Omit<RequestInit, 'body'> & { readonly body?: BodyInit | Uint8Array | null | undefined };

/** The endpoints of one node behind a TLS listener of their own, over the databases of a MySQL server. */
export class KeyManager {
  readonly baseUrl: string;
  readonly version: Version;
  /** What the node told others of. */
  readonly revoked: readonly RevokedToken[];
  /** Lines of its log from WARN on. */
  readonly complaints: readonly string[];
  readonly context: CarbonContext;
  readonly #server: Server;
  readonly #agent: Agent;

  private constructor(
    server: Server,
    agent: Agent,
    context: CarbonContext,
    revoked: RevokedToken[],
    complaints: string[],
  ) {
    this.#server = server;
    this.#agent = agent;
    this.context = context;
    this.version = context.version;
    this.revoked = revoked;
    this.complaints = complaints;
    this.baseUrl = `https://localhost:${portOf(server)}`;
  }

  static async start(mysql: MysqlUnderTest, options: KeyManagerOptions = {}): Promise<KeyManager> {
    const { version = '3.0.0', clock = Date.now, tables = {} } = options;
    const set = await certificates;
    const tls = credentialOf(set, 'tls');
    const server = createServer({ ...SERVLET_LIMITS, key: tls.key, cert: tls.certificate });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');

    const configuration = load(
      {
        server: { hostname: 'localhost', node_ip: '127.0.0.1' },
        'transport.https.properties': { port: portOf(server) },
        ...tables,
      },
      { version },
    );
    const properties = runtimeProperties(configuration, {
      localIp: '127.0.0.1',
      offset: 0,
      listeners: ['https'],
      systemProperties: {},
    });
    const complaints: string[] = [];
    const log = recordingLog(complaints);
    const revoked: RevokedToken[] = [];
    const events = createEvents((what, cause) => complaints.push(`${what}: ${String(cause)}`));
    events.tokenRevoked.subscribe((event) => void revoked.push(event));
    const databases = { apim: await mysql.open('apim'), shared: await mysql.open('shared') };
    const users = await openUsers(configuration, databases.shared);
    const primary = credentialOf(set, 'primary');
    const context: CarbonContext = {
      version,
      home: '/nowhere',
      role: 'key-manager',
      configuration,
      properties,
      databases,
      users,
      authenticator: createAuthenticator(users, createSessionStore(clock)),
      primaryKey: {
        privateKey: createPrivateKey(primary.key),
        certificate: new X509Certificate(primary.certificate),
      },
      events,
      log: () => log,
    };
    server.on(
      'request',
      serveCalls({
        router: createRouter(keyManagerEndpoints(context, clock)),
        fallback: () => tomcatPage(404, 'nothing here'),
        secure: true,
        bodyLimit: BODY_LIMIT,
        log,
        accessLog: () => undefined,
      }),
    );
    const agent = new Agent({ connect: { ca: credentialOf(set, 'ca').certificate } });
    return new KeyManager(server, agent, context, revoked, complaints);
  }

  /** For client libraries that take a `fetch` of their own. */
  readonly fetch = (url: string | URL, { body, ...init }: FetchInit = {}): Promise<Response> => {
    const options: RequestInit & { readonly dispatcher: Agent } = { ...init, dispatcher: this.#agent };
    if (body === undefined) return globalThis.fetch(url, options);
    return globalThis.fetch(url, { ...options, body: body instanceof Uint8Array ? new Uint8Array(body) : body });
  };

  /** One request; redirects are not followed. */
  async request(path: string, { method, headers = {}, basic, form, body }: RequestParts = {}): Promise<Reply> {
    const response = await this.fetch(`${this.baseUrl}${path}`, {
      method: method ?? (form || body !== undefined ? 'POST' : 'GET'),
      redirect: 'manual',
      headers: {
        ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...(basic && { Authorization: `Basic ${Buffer.from(basic.join(':')).toString('base64')}` }),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  }

  async stop(): Promise<void> {
    await this.#agent.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await this.context.databases.apim?.close();
    await this.context.databases.shared?.close();
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const recordingLog = (complaints: string[]): Log => {
  const keep = (text: string, cause?: unknown): void =>
    void complaints.push(cause === undefined ? text : `${text}: ${cause}`);
  return { debug: () => undefined, info: () => undefined, warn: keep, error: keep, fatal: keep };
};
