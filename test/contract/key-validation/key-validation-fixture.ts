import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { afterAll, beforeAll } from 'vitest';
import { BODY_LIMIT } from '../../../compose/wso2am/server/carbon/http-limits.ts';
import { createRouter } from '../../../compose/wso2am/server/carbon/router.ts';
import { serveCalls } from '../../../compose/wso2am/server/carbon/serve-calls.ts';
import { soapEndpoint } from '../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { tomcatPage } from '../../../compose/wso2am/server/carbon/tomcat-page.ts';
import type { SqlValue } from '../../../compose/wso2am/server/database/database.ts';
import { keyValidationServices } from '../../../compose/wso2am/server/key-validation/key-validation-services.ts';
import type { Credential } from '../../../lab/render/certificates/certificate-set.ts';
import { serverCredential, testAuthority } from '../../unit/simulator/loopback-tls.ts';
import { type Client, clientCredentials, newClient, withPassword } from '../oauth2/clients.ts';
import { useKeyManagers } from '../oauth2/fixture.ts';
import type { KeyManager } from '../oauth2/key-manager.ts';
import { addApplication, addSubscription } from '../oauth2/rows.ts';

/** A Key Manager over MySQL, whose `APIKeyValidationService` listens on a TLS port of its own. */
export type KeyValidationFixture = {
  readonly km: KeyManager;
  /** `https://localhost:port/services/`. */
  readonly serviceUrl: string;
  /** PEM of the authority behind that port. */
  readonly authority: string;
  /** Time passes for validation, milliseconds; tokens are issued at the machine's time. */
  pass(milliseconds: number): void;
};

let count = 0;

/** Call it once, outside of tests. */
export const useKeyValidation = (): KeyValidationFixture => {
  const keyManagers = useKeyManagers();
  let authority: Credential | undefined;
  let server: Server | undefined;
  let passed = 0;

  beforeAll(async () => {
    authority = await testAuthority();
    const { key, certificate } = await serverCredential(authority, 'localhost');
    server = createServer(
      { key, cert: certificate },
      listenerOf(keyManagers.km, () => Date.now() + passed),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });

  return {
    get km() {
      return keyManagers.km;
    },
    get serviceUrl() {
      const address = server?.address();
      if (!address || typeof address === 'string') throw new Error('the service is not there yet: use it in tests');
      return `https://localhost:${address.port}/services/`;
    },
    get authority() {
      return authority?.certificate ?? '';
    },
    pass: (milliseconds) => {
      passed += milliseconds;
    },
  };
};

const listenerOf = (km: KeyManager, clock: () => number) => {
  const { authenticator, log } = km.context;
  const endpoint = soapEndpoint({
    services: keyValidationServices(km.context, clock),
    notSimulated: [],
    authenticator,
    log: log(''),
    onNotSimulated: () => undefined,
  });
  return serveCalls({
    router: createRouter([endpoint]),
    fallback: () => tomcatPage(404, 'nothing here'),
    secure: true,
    bodyLimit: BODY_LIMIT,
    log: log(''),
    accessLog: () => undefined,
  });
};

/** An application with keys that is subscribed to an API with `GET /menu` and `POST /order/{id}`. */
export type Subscribed = {
  readonly client: Client;
  readonly application: number;
  readonly api: number;
  readonly name: string;
  /** `/pizza1/1.0.0`. */
  readonly context: string;
};

export const subscribe = async (km: KeyManager, keyType = 'PRODUCTION', tokenType = 'OAUTH'): Promise<Subscribed> => {
  count += 1;
  const name = `pizza${count}`;
  const client = await newClient(km);
  const application = await addApplication(km, client, `subscriber-${count}`, tokenType);
  await change(km, 'UPDATE AM_APPLICATION_KEY_MAPPING SET KEY_TYPE = ? WHERE APPLICATION_ID = ?', [
    keyType,
    application,
  ]);
  const api = await addSubscription(km, application, name, 'Bronze');
  for (const [verb, pattern, scheme] of [
    ['GET', '/menu', 'Any'],
    ['POST', '/order/{id}', 'Application_User'],
  ] as const) {
    await change(
      km,
      'INSERT INTO AM_API_URL_MAPPING (API_ID, HTTP_METHOD, AUTH_SCHEME, URL_PATTERN, THROTTLING_TIER) VALUES (?, ?, ?, ?, ?)',
      [api, verb, scheme, pattern, 'Unlimited'],
    );
  }
  return { client, application, api, name, context: `/${name}/1.0.0` };
};

export const setSubscription = (km: KeyManager, { api }: Subscribed, status: string): Promise<void> =>
  change(km, 'UPDATE AM_SUBSCRIPTION SET SUB_STATUS = ? WHERE API_ID = ?', [status, api]);

/** Asks for a scope at `GET /menu`. */
export const requireScope = async (km: KeyManager, { context }: Subscribed, scope: string): Promise<void> => {
  await change(km, 'INSERT INTO IDN_OAUTH2_SCOPE (NAME, DISPLAY_NAME, TENANT_ID) VALUES (?, ?, -1234)', [scope, scope]);
  await change(
    km,
    `INSERT INTO IDN_OAUTH2_RESOURCE_SCOPE (RESOURCE_PATH, SCOPE_ID, TENANT_ID)
     SELECT ?, SCOPE_ID, -1234 FROM IDN_OAUTH2_SCOPE WHERE NAME = ?`,
    [`${context}/1.0.0/menu:GET`, scope],
  );
};

export const applicationToken = async (km: KeyManager, { client }: Subscribed): Promise<string> =>
  (await clientCredentials(km, client)).access_token;

export const userToken = async (km: KeyManager, { client }: Subscribed): Promise<string> =>
  (await withPassword(km, client)).access_token;

const change = async (km: KeyManager, sql: string, values: readonly SqlValue[]): Promise<void> => {
  const database = km.context.databases.apim;
  if (!database) throw new Error('no apim database');
  await database.execute(sql, values);
};
