import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { adminEndpoints } from '../../../compose/wso2am/server/admin/endpoints.ts';
import { seedPolicies } from '../../../compose/wso2am/server/admin/seed-policies.ts';
import type { CarbonContext } from '../../../compose/wso2am/server/carbon/context.ts';
import { createAuthenticator } from '../../../compose/wso2am/server/carbon/create-authenticator.ts';
import {
  type ApplicationChange,
  createEvents,
  type RevokedToken,
} from '../../../compose/wso2am/server/carbon/events.ts';
import { openUsers } from '../../../compose/wso2am/server/carbon/open-users.ts';
import { createSessionStore } from '../../../compose/wso2am/server/carbon/session-store.ts';
import { newSalt, passwordHash } from '../../../compose/wso2am/server/carbon/users/password-hash.ts';
import { runtimeProperties } from '../../../compose/wso2am/server/config/runtime-properties.ts';
import type { Database } from '../../../compose/wso2am/server/database/database.ts';
import { devportalEndpoints } from '../../../compose/wso2am/server/devportal/endpoints.ts';
import { keyManagerEndpoints } from '../../../compose/wso2am/server/keymanager/endpoints.ts';
import { publisherEndpoints } from '../../../compose/wso2am/server/publisher/endpoints.ts';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import type { Version } from '../../../lab/product/versions.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { load } from '../../unit/simulator/config/deployment.ts';
import type { MysqlUnderTest } from '../oauth2/mysql.ts';
import { certificates, type Listening, listen, recordingLog } from '../publisher/listen.ts';
import type { Reply, Request } from '../publisher/publisher-node.ts';
import { newApi } from '../publisher/sample-apis.ts';

export const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

export type PublishedApi = { readonly id: string; readonly name: string; readonly context: string };

/** A Portal with its own OAuth2 endpoints, and the Publisher its APIs come from, over the databases of a MySQL server. */
export class PortalNode {
  readonly version: Version;
  readonly context: CarbonContext;
  readonly apim: Database;
  readonly shared: Database;
  /** What the node told the gateways to forget. */
  readonly revoked: RevokedToken[] = [];
  readonly applicationChanges: ApplicationChange[] = [];
  readonly listening: Listening;

  private constructor(listening: Listening, context: CarbonContext, databases: readonly [Database, Database]) {
    this.listening = listening;
    this.version = context.version;
    this.context = context;
    [this.apim, this.shared] = databases;
    context.events.tokenRevoked.subscribe((token) => void this.revoked.push(token));
    context.events.applicationChanged.subscribe((change) => void this.applicationChanges.push(change));
    const endpoints = [
      ...keyManagerEndpoints(context),
      ...publisherEndpoints(context, []),
      ...devportalEndpoints(context),
      ...adminEndpoints(context, { trusted: [], publishBlocking: async () => {}, publishKeyTemplate: async () => {} }),
    ];
    listening.serve(endpoints, context.log(''));
  }

  /** @param proxyPort where a load balancer on this machine stands for the node */
  static async start(mysql: MysqlUnderTest, version: Version, proxyPort?: number): Promise<PortalNode> {
    const listening = await listen();
    const configuration = load(
      {
        server: { hostname: 'localhost', node_ip: '127.0.0.1' },
        'transport.https.properties': { port: listening.port, ...(proxyPort !== undefined && { proxyPort }) },
        'apim.gateway.environment': [
          {
            name: 'Default',
            type: 'hybrid',
            service_url: 'https://localhost:1/services/',
            username: 'admin',
            password: 'admin',
            https_endpoint: 'https://gw.lab:8243',
            http_endpoint: 'http://gw.lab:8280',
            ws_endpoint: 'ws://gw.lab:9099',
            wss_endpoint: 'wss://gw.lab:8099',
          },
        ],
      },
      { version },
    );
    const options = { localIp: '127.0.0.1', offset: 0, listeners: ['https' as const], systemProperties: {} };
    const log = recordingLog([]);
    const apim = await mysql.open('apim');
    const shared = await mysql.open('shared');
    const users = await openUsers(configuration, shared);
    const primary = credentialOf(await certificates, 'primary');
    await seedPolicies(apim);
    const context: CarbonContext = {
      version,
      home: '/nowhere',
      role: 'developer-portal',
      configuration,
      properties: runtimeProperties(configuration, options),
      databases: { apim, shared },
      users,
      authenticator: createAuthenticator(users, createSessionStore(Date.now)),
      primaryKey: { privateKey: createPrivateKey(primary.key), certificate: new X509Certificate(primary.certificate) },
      events: createEvents(() => undefined),
      log: () => log,
    };
    return new PortalNode(listening, context, [apim, shared]);
  }

  /** A call of the Portal's REST API by the admin, unless its headers say otherwise; the body of the answer parsed. */
  call(path: string, request: Request = {}): Promise<Reply> {
    const headers = { ...basic('admin', 'admin'), ...request.headers };
    return this.send((REST_BASE_PATHS.store[this.version][0] ?? '') + path, { ...request, headers });
  }

  /** The same by somebody who shows no credentials. */
  visit(path: string, request: Request = {}): Promise<Reply> {
    return this.send((REST_BASE_PATHS.store[this.version][0] ?? '') + path, request);
  }

  async send(path: string, { method, headers = {}, json, body }: Request = {}): Promise<Reply> {
    const sent = json === undefined ? body : JSON.stringify(json);
    const options: RequestInit & { readonly dispatcher: Listening['agent'] } = {
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      headers: { ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      dispatcher: this.listening.agent,
      ...(sent === undefined ? {} : { body: sent }),
    };
    const response = await fetch(`https://localhost:${this.listening.port}${path}`, options);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** An API from the Publisher, in a state. No gateway runs here, so the state is set where the Publisher would write it. */
  async api(changes: Readonly<Record<string, unknown>> = {}, state = 'PUBLISHED'): Promise<PublishedApi> {
    const base = REST_BASE_PATHS.publisher[this.version][0] ?? '';
    const { status, body } = await this.send(`${base}/apis`, {
      json: newApi(changes),
      headers: basic('admin', 'admin'),
    });
    if (status !== 201) throw new Error(`not created: ${JSON.stringify(body)}`);
    const api = z.object({ id: z.string(), name: z.string(), context: z.string() }).parse(body);
    await this.apim.execute('UPDATE AM_API SET STATUS = ? WHERE API_UUID = ?', [state, api.id]);
    return api;
  }

  /** A user with the password `secret` and a role. @returns the Basic header */
  async addUser(name: string, role = 'subscriber'): Promise<Readonly<Record<string, string>>> {
    const salt = newSalt();
    await this.shared.execute(
      'INSERT INTO UM_USER (UM_USER_NAME, UM_USER_PASSWORD, UM_SALT_VALUE, UM_TENANT_ID) VALUES (?, ?, ?, -1234)',
      [name, passwordHash('secret', salt), salt],
    );
    await this.shared.execute(
      `INSERT INTO UM_HYBRID_USER_ROLE (UM_USER_NAME, UM_ROLE_ID, UM_TENANT_ID, UM_DOMAIN_ID)
       SELECT ?, r.UM_ID, r.UM_TENANT_ID, d.UM_DOMAIN_ID FROM UM_HYBRID_ROLE r, UM_DOMAIN d
       WHERE r.UM_ROLE_NAME = ? AND d.UM_DOMAIN_NAME = 'PRIMARY'`,
      [name, role],
    );
    return basic(name, 'secret');
  }

  async stop(): Promise<void> {
    await this.listening.stop();
    await this.apim.close();
    await this.shared.close();
  }
}
