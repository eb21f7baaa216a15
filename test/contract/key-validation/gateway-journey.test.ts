import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CarbonContext } from '../../../compose/wso2am/server/carbon/context.ts';
import { runtimeProperties } from '../../../compose/wso2am/server/config/runtime-properties.ts';
import { upstreamAgent } from '../../../compose/wso2am/server/gateway/upstream-agent.ts';
import { gatewayCaches } from '../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import { mediator } from '../../../compose/wso2am/server/mediation/mediator.ts';
import { openArtifacts } from '../../../compose/wso2am/server/synapse/open-artifacts.ts';
import type { Credential } from '../../../lab/render/certificates/certificate-set.ts';
import { load } from '../../unit/simulator/config/deployment.ts';
import { listenOnLoopback } from '../../unit/simulator/loopback-server.ts';
import { serverCredential, testAuthority } from '../../unit/simulator/loopback-tls.ts';
import { apiXml, endpointXml } from '../../unit/simulator/synapse/sample-artifacts.ts';
import {
  applicationToken,
  requireScope,
  type Subscribed,
  setSubscription,
  subscribe,
  useKeyValidation,
  userToken,
} from './key-validation-fixture.ts';

const fixture = useKeyValidation();

let authority: Credential;
let credential: Credential;
let client: Agent;
beforeAll(async () => {
  authority = await testAuthority();
  credential = await serverCredential(authority, 'localhost');
  client = new Agent({ connect: { ca: authority.certificate } });
});
afterAll(() => client.close());

const CONFIGS = 'repository/deployment/server/synapse-configs/default';

/** A back end, its artifacts on disk, and a gateway that was started over them. @returns the URL of the API */
const startGateway = async (api: Subscribed, backend: RequestListener, serviceUrl = fixture.serviceUrl) => {
  const parent = mkdtempSync(join(tmpdir(), 'gateway-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const home = join(parent, 'wso2am-3.0.0');
  const endpoint = `${api.name}--v1.0.0_APIproductionEndpoint`;
  const put = (file: string, text: string): void => {
    mkdirSync(join(home, CONFIGS, file, '..'), { recursive: true });
    writeFileSync(join(home, CONFIGS, file), text);
  };
  const backendPort = await listenOnLoopback(createServer(backend));
  const timeout = '<timeout><duration>100</duration></timeout>';
  put(`endpoints/${endpoint}.xml`, endpointXml(endpoint, `http://127.0.0.1:${backendPort}`, timeout));
  put(
    `api/admin--${api.name}_v1.0.0.xml`,
    apiXml({
      name: `admin--${api.name}:v1.0.0`,
      context: api.context,
      production: endpoint,
      resources: [
        ['GET', '/menu'],
        ['POST', '/order/{id}'],
      ],
    }),
  );

  const configuration = load({ 'apim.key_manager': { service_url: serviceUrl, username: 'admin', password: 'admin' } });
  const properties = runtimeProperties(configuration, {
    localIp: '127.0.0.1',
    offset: 0,
    listeners: ['passthroughHttps'],
    systemProperties: {},
  });
  const context: CarbonContext = {
    ...fixture.km.context,
    home,
    role: 'gateway',
    configuration,
    properties,
    databases: {},
  };
  const { artifacts, close } = await openArtifacts(context);
  const agent = upstreamAgent([fixture.authority]);
  const handler = mediator(context, {
    artifacts,
    agent,
    caches: gatewayCaches(configuration, () => performance.now()),
  });
  const port = await listenOnLoopback(createTlsServer({ key: credential.key, cert: credential.certificate }, handler));
  onTestFinished(() => {
    close();
    agent.destroy();
  });
  const call = async (path: string, token: string | undefined, init: RequestInit = {}) => {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const options: RequestInit & { readonly dispatcher: Agent } = { ...init, headers, dispatcher: client };
    const answer = await fetch(`https://localhost:${port}${api.context}${path}`, options);
    const text = await answer.text();
    const code = /<(?:am|ams):code>(\d+)</.exec(text)?.[1];
    return code === undefined ? `${answer.status} ${text}` : `${answer.status} ${code}`;
  };
  return { call };
};

const echo: RequestListener = (incoming, response) => void response.end(`${incoming.method} ${incoming.url}`);

describe('a call through a gateway, with a token of the Key Manager', () => {
  it('reaches the back end of an API that lay on disk', async () => {
    const api = await subscribe(fixture.km);
    const { call } = await startGateway(api, echo);

    expect(await call('/menu?size=2', await applicationToken(fixture.km, api))).toBe('200 GET /menu?size=2');
  });

  it('wants the token of a user where the resource does', async () => {
    const api = await subscribe(fixture.km);
    const { call } = await startGateway(api, echo);
    const post = { method: 'POST', body: 'x' };

    expect(await call('/order/7', await userToken(fixture.km, api), post)).toBe('200 POST /order/7');
    const other = await subscribe(fixture.km);
    const gateway = await startGateway(other, echo);
    expect(await gateway.call('/order/7', await applicationToken(fixture.km, other), post)).toBe('401 900905');
  });

  it('is refused with a wrong token, a foreign one, or none', async () => {
    const [api, other] = [await subscribe(fixture.km), await subscribe(fixture.km)];
    const { call } = await startGateway(api, echo);

    expect(await call('/menu', 'wrong')).toBe('401 900901');
    expect(await call('/menu', await applicationToken(fixture.km, other))).toBe('403 900908');
    expect(await call('/menu', undefined)).toBe('401 900902');
  });

  it('is refused without the scope, and while the subscription is blocked', async () => {
    const [api, blocked] = [await subscribe(fixture.km), await subscribe(fixture.km)];
    await requireScope(fixture.km, api, `scope-of-${api.name}`);
    const { call } = await startGateway(api, echo);
    expect(await call('/menu', await applicationToken(fixture.km, api))).toBe('403 900910');

    await setSubscription(fixture.km, blocked, 'BLOCKED');
    const gateway = await startGateway(blocked, echo);
    expect(await gateway.call('/menu', await applicationToken(fixture.km, blocked))).toBe('401 900907');
  });

  it('to an unknown resource or with a wrong verb never gets as far as the token', async () => {
    const api = await subscribe(fixture.km);
    const { call } = await startGateway(api, echo);

    expect(await call('/nothing', 'wrong')).toBe('404 404');
    expect(await call('/menu', 'wrong', { method: 'DELETE' })).toBe('405 405');
  });

  it('fails closed while the Key Manager is away', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    const { call } = await startGateway(api, echo, 'https://localhost:1/services/');

    expect(await call('/menu', token)).toBe('500 900900');
  });

  it('survives a revocation for as long as its token is cached', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    const { call } = await startGateway(api, echo);
    await call('/menu', token);
    await fixture.km.request('/oauth2/revoke', { basic: api.client.basic, form: { token } });

    expect(await call('/menu', token)).toBe('200 GET /menu');
    const second = await startGateway(api, echo);
    expect(await second.call('/menu', token)).toBe('401 900901');
  });
});

describe('a back end behind a gateway', () => {
  it('that hangs is 101504, and suspended from then on', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    const { call } = await startGateway(api, () => undefined);

    expect(await call('/menu', token)).toBe('500 101504');
    expect(await call('/menu', token)).toBe('500 303001');
  });

  it('that closes is 101505', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    const { call } = await startGateway(api, (incoming) => incoming.socket.destroy());

    expect(await call('/menu', token)).toBe('500 101505');
  });
});
