import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClientAsync } from 'soap';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAuthenticator } from '../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../compose/wso2am/server/carbon/session-store.ts';
import { authenticationAdmin } from '../../../compose/wso2am/server/carbon/soap/authentication-admin.ts';
import { soapEndpoint } from '../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { wsdlEndpoint } from '../../../compose/wso2am/server/carbon/soap/wsdl/wsdl-endpoint.ts';
import { memoryUserStore } from '../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { createArtifactStore } from '../../../compose/wso2am/server/synapse/artifact-store.ts';
import { gatewayAdminServices } from '../../../compose/wso2am/server/synapse/gateway-admin-services.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { apiXml } from '../../unit/simulator/synapse/sample-artifacts.ts';
import { certificates, type Listening, listen, recordingLog } from '../publisher/listen.ts';

let listening: Listening;
let httpsAgent: Agent;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gateway-'));
  listening = await listen();
  httpsAgent = new Agent({ ca: credentialOf(await certificates, 'ca').certificate });
  const log = recordingLog([]);
  const users = memoryUserStore({ username: 'admin', password: 'admin' }, []);
  const authenticator = createAuthenticator(users, createSessionStore(Date.now));
  const artifacts = createArtifactStore(home, () => log);
  await artifacts.scan();
  const services = [
    authenticationAdmin(authenticator, log),
    ...gatewayAdminServices({ log: () => log, version: '3.2.0' }, artifacts),
  ];
  const onNotSimulated = (): void => undefined;
  const soap = soapEndpoint({ services, notSimulated: [], authenticator, log, onNotSimulated });
  listening.serve([wsdlEndpoint({ services, isShown: true }), soap], log);
});
afterAll(async () => {
  httpsAgent.destroy();
  await listening.stop();
  await rm(home, { recursive: true });
});

/** A client that knows of the service what its WSDL says. */
const clientOf = (service: string, forceSoap12Headers = false): Promise<Client> =>
  createClientAsync(`https://localhost:${listening.port}/services/${service}?wsdl`, {
    wsdl_options: { httpsAgent },
    forceSoap12Headers,
  });

const call = async (client: Client, operation: string, values: object): Promise<unknown> => {
  const [result]: readonly unknown[] = await client[`${operation}Async`](values, { httpsAgent });
  return result;
};

/** What an operation returned. */
const returned = <T extends z.ZodType>(schema: T, result: unknown): z.output<T> =>
  schema.parse(z.strictObject({ return: z.unknown() }).parse(result).return);
const truth = (result: unknown): boolean => returned(z.boolean(), result);

/** The cookie of a session. */
const logIn = async (password = 'admin'): Promise<{ readonly done: boolean; readonly cookie: string }> => {
  const client = await clientOf('AuthenticationAdmin');
  const values = { username: 'admin', password, remoteAddress: '127.0.0.1' };
  const done = truth(await call(client, 'login', values));
  const headers = z.looseObject({ 'set-cookie': z.array(z.string()).default([]) }).parse(client.lastResponseHeaders);
  return { done, cookie: headers['set-cookie'].map((each) => each.split(';', 1)[0]).join('; ') };
};

describe.each([
  ['1.1', false],
  ['1.2', true],
])('a client made from the WSDLs, which speaks SOAP %s', (_version, is12) => {
  it('brings an API to a gateway with the cookie of its session', async () => {
    const { done, cookie } = await logIn();
    const client = await clientOf('APIGatewayAdmin', is12);
    client.addHttpHeader('Cookie', cookie);
    const name = `Pizza${is12 ? 12 : 11}`;
    const api = { apiProviderName: 'admin', apiName: name, version: '1.0.0' };
    const context = `/${name}/1.0.0`;
    const apiConfig = apiXml({ name: `admin--${name}:v1.0.0`, context });

    expect(done).toBe(true);
    expect(truth(await call(client, 'addApi', { ...api, apiConfig }))).toBe(true);
    // This client does not read the types of other namespaces: what comes once is no list, and numbers are texts.
    const found = z.strictObject({
      context: z.string(),
      fileName: z.string(),
      name: z.string(),
      port: z.literal('-1'),
      resources: z.strictObject({ methods: z.string(), uriTemplate: z.string() }),
    });
    expect(returned(found, await call(client, 'getApi', api))).toMatchObject({
      context,
      resources: { methods: 'GET', uriTemplate: '/menu' },
    });
    expect(truth(await call(client, 'deleteApi', api))).toBe(true);
    expect(truth(await call(client, 'deleteApi', api))).toBe(false);
  });

  it('keeps definitions at a gateway', async () => {
    const client = await clientOf('APILocalEntryAdmin', is12);
    client.addHttpHeader('Cookie', (await logIn()).cookie);
    const entry = `<localEntry xmlns="http://ws.apache.org/ns/synapse" key="k">{"a":"&lt;&amp;"}</localEntry>`;
    const values = { key: 'k', tenantDomain: 'carbon.super' };

    expect(truth(await call(client, 'addLocalEntry', { ...values, content: entry }))).toBe(true);
    expect(returned(z.string(), await call(client, 'getEntry', values))).toContain(
      '{&quot;a&quot;:&quot;&lt;&amp;&quot;}',
    );
    expect(truth(await call(client, 'deleteLocalEntry', values))).toBe(true);
  });
});

describe('a client made from the WSDLs', () => {
  it('hears false for a wrong password, and a fault without a session', async () => {
    expect((await logIn('wrong')).done).toBe(false);
    const client = await clientOf('APIGatewayAdmin');
    const api = { apiProviderName: 'admin', apiName: 'Pizza', version: '1.0.0' };
    await expect(call(client, 'getApi', api)).rejects.toThrow('Access Denied');
  });

  it('finds no WSDL of what is not there', async () => {
    await expect(clientOf('Nothing')).rejects.toThrow();
  });
});
