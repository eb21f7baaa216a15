import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { BlockingEvent } from '../../../compose/wso2am/server/admin/blacklist/blocking-event.ts';
import { adminEndpoints } from '../../../compose/wso2am/server/admin/endpoints.ts';
import type { KeyTemplateEvent } from '../../../compose/wso2am/server/admin/policies/custom/key-template-event.ts';
import { seedPolicies } from '../../../compose/wso2am/server/admin/seed-policies.ts';
import type { CarbonContext } from '../../../compose/wso2am/server/carbon/context.ts';
import { createAuthenticator } from '../../../compose/wso2am/server/carbon/create-authenticator.ts';
import {
  createEvents,
  type KeyManagerChange,
  type PolicyChange,
} from '../../../compose/wso2am/server/carbon/events.ts';
import { openUsers } from '../../../compose/wso2am/server/carbon/open-users.ts';
import { createSessionStore } from '../../../compose/wso2am/server/carbon/session-store.ts';
import { runtimeProperties } from '../../../compose/wso2am/server/config/runtime-properties.ts';
import type { Database } from '../../../compose/wso2am/server/database/database.ts';
import { keyManagerEndpoints } from '../../../compose/wso2am/server/keymanager/endpoints.ts';
import { publisherEndpoints } from '../../../compose/wso2am/server/publisher/endpoints.ts';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSION_FACTS, type Version } from '../../../lab/product/versions.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { load } from '../../unit/simulator/config/deployment.ts';
import type { MysqlUnderTest } from '../oauth2/mysql.ts';
import { certificates, type Listening, listen, recordingLog } from './listen.ts';

export type Environment = { readonly name: string; readonly serviceUrl: string; readonly password?: string };

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type Request = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: BodyInit;
};

const ADMIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

/** A Publisher with its own OAuth2 endpoints, over the databases of a MySQL server. */
export class PublisherNode {
  readonly version: Version;
  /** Lines of its log from WARN on. */
  readonly complaints: string[];
  /** What the node told the Traffic Managers. */
  readonly told: BlockingEvent[] = [];
  readonly templates: KeyTemplateEvent[] = [];
  /** Changes of policies that its hook was fired for. */
  readonly policyChanges: PolicyChange[] = [];
  readonly keyManagerChanges: KeyManagerChange[] = [];
  readonly apim: Database;
  readonly shared: Database;
  readonly #listening: Listening;

  private constructor(
    listening: Listening,
    context: CarbonContext,
    databases: readonly [Database, Database],
    complaints: string[],
  ) {
    this.#listening = listening;
    this.version = context.version;
    this.complaints = complaints;
    [this.apim, this.shared] = databases;
  }

  static async start(
    mysql: MysqlUnderTest,
    version: Version = '3.0.0',
    environments: readonly Environment[] = [],
    trafficManagerUrl = 'https://localhost:1/services/',
  ): Promise<PublisherNode> {
    const set = await certificates;
    const listening = await listen();
    const configuration = load(
      {
        server: { hostname: 'localhost', node_ip: '127.0.0.1' },
        'transport.https.properties': { port: listening.port },
        'apim.throttling': { service_url: trafficManagerUrl },
        'apim.gateway.environment': environments.map(({ name, serviceUrl, password = 'admin' }) => ({
          name,
          type: 'hybrid',
          service_url: serviceUrl,
          username: 'admin',
          password,
          https_endpoint: 'https://gw.lab:8243',
          http_endpoint: 'http://gw.lab:8280',
        })),
      },
      { version },
    );
    const options = { localIp: '127.0.0.1', offset: 0, listeners: ['https' as const], systemProperties: {} };
    const complaints: string[] = [];
    const log = recordingLog(complaints);
    const apim = await mysql.open('apim');
    const shared = await mysql.open('shared');
    const users = await openUsers(configuration, shared);
    const primary = credentialOf(set, 'primary');
    const context: CarbonContext = {
      version,
      home: '/nowhere',
      role: 'publisher',
      configuration,
      properties: runtimeProperties(configuration, options),
      databases: { apim, shared },
      users,
      authenticator: createAuthenticator(users, createSessionStore(Date.now)),
      primaryKey: {
        privateKey: createPrivateKey(primary.key),
        certificate: new X509Certificate(primary.certificate),
      },
      events: createEvents((what, cause) => complaints.push(`${what}: ${String(cause)}`)),
      log: () => log,
    };
    await seedPolicies(apim);
    const trusted = [credentialOf(set, 'ca').certificate];
    const node = new PublisherNode(listening, context, [apim, shared], complaints);
    const publishBlocking = async (event: BlockingEvent): Promise<void> => void node.told.push(event);
    const publishKeyTemplate = async (event: KeyTemplateEvent): Promise<void> => void node.templates.push(event);
    context.events.keyManagerChanged.subscribe((change) => void node.keyManagerChanges.push(change));
    context.events.policyChanged.subscribe((change) => void node.policyChanges.push(change));
    listening.serve(
      [
        ...keyManagerEndpoints(context),
        ...publisherEndpoints(context, trusted),
        ...adminEndpoints(context, { trusted, publishBlocking, publishKeyTemplate }),
      ],
      log,
    );
    return node;
  }

  /** Where the node answers. */
  url(path: string): string {
    return `https://localhost:${this.#listening.port}${path}`;
  }

  get basePath(): string {
    return REST_BASE_PATHS.publisher[this.version][0] ?? '';
  }

  /** A call of the REST API by the admin with Basic, unless its headers say otherwise; the body of the answer parsed. */
  call(path: string, request: Request = {}): Promise<Reply> {
    const headers = { ...ADMIN, ...request.headers };
    return this.send(this.basePath + path, { ...request, headers });
  }

  async send(path: string, { method, headers = {}, json, body }: Request = {}): Promise<Reply> {
    const sent = json === undefined ? body : JSON.stringify(json);
    const options: RequestInit & { readonly dispatcher: Listening['agent'] } = {
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      headers: { ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      dispatcher: this.#listening.agent,
      ...(sent === undefined ? {} : { body: sent }),
    };
    const response = await fetch(this.url(path), options);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Headers with a token of the admin that carries these scopes. */
  async bearer(scope: string): Promise<Readonly<Record<string, string>>> {
    const profile = { clientName: `client ${scope}`, owner: 'admin', grantType: 'password', saasApp: true };
    const client = await this.send(VERSION_FACTS[this.version].dcrPath, { json: profile, headers: ADMIN });
    const { clientId, clientSecret } = z.object({ clientId: z.string(), clientSecret: z.string() }).parse(client.body);
    const reply = await this.send('/oauth2/token', {
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'password', username: 'admin', password: 'admin', scope }),
    });
    return { Authorization: `Bearer ${z.object({ access_token: z.string() }).parse(reply.body).access_token}` };
  }

  async stop(): Promise<void> {
    await this.#listening.stop();
    await this.apim.close();
    await this.shared.close();
  }
}
