import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, WebSocket as BrowserWebSocket } from 'undici';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { upstreamAgent } from '../../../compose/wso2am/server/gateway/upstream-agent.ts';
import { gatewayCaches } from '../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import { gatewayAuthentication } from '../../../compose/wso2am/server/mediation/gateway-authentication.ts';
import { createArtifactStore } from '../../../compose/wso2am/server/synapse/artifact-store.ts';
import { renderWebSocketSequence } from '../../../compose/wso2am/server/synapse/websocket-sequence.ts';
import { createDecisions } from '../../../compose/wso2am/server/throttling/gateway/decisions.ts';
import { openWebSockets } from '../../../compose/wso2am/server/websocket/open-websockets.ts';
import { throttleFrames } from '../../../compose/wso2am/server/websocket/throttle-frames.ts';
import type { Credential } from '../../../lab/render/certificates/certificate-set.ts';
import { load } from '../../unit/simulator/config/deployment.ts';
import { listenOnLoopback } from '../../unit/simulator/loopback-server.ts';
import { serverCredential, testAuthority } from '../../unit/simulator/loopback-tls.ts';
import {
  applicationToken,
  type Subscribed,
  setSubscription,
  subscribe,
  useKeyValidation,
  userToken,
} from './key-validation-fixture.ts';

const fixture = useKeyValidation();

let credential: Credential;
let client: Agent;
beforeAll(async () => {
  credential = await serverCredential(await testAuthority(), 'localhost');
  client = new Agent({ connect: { ca: fixture.authority } });
});
afterAll(() => client.close());

/** A back end that says whatever it hears, and a gateway that has the API and asks the Key Manager. @returns the port */
const startGateway = async ({ context }: Subscribed): Promise<number> => {
  const backend = createServer();
  const echo = new WebSocketServer({ server: backend });
  echo.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
  const home = mkdtempSync(join(tmpdir(), 'gateway-'));
  const configuration = load({
    'apim.key_manager': { service_url: fixture.serviceUrl, username: 'admin', password: 'admin' },
  });
  const gateway = { ...fixture.km.context, home, configuration };
  const artifacts = createArtifactStore(home, gateway.log);
  const url = `ws://127.0.0.1:${await listenOnLoopback(backend)}/`;
  await artifacts.sequences.deploy(renderWebSocketSequence(context, 'PRODUCTION', url));
  const agent = upstreamAgent([fixture.authority]);
  const caches = gatewayCaches(configuration, () => performance.now());
  const parts = { artifacts, caches, agent, clock: Date.now, subscriptionData: undefined };
  const publisher = { publish: () => true, close: () => Promise.resolve() };
  const webSockets = openWebSockets(
    {
      artifacts,
      agent,
      authentication: gatewayAuthentication(gateway, parts),
      throttle: throttleFrames(gateway, createDecisions(), publisher),
      withheld: new Set(['authorization']),
      log: gateway.log(''),
    },
    { tls: { privateKey: credential.key, chain: credential.certificate } },
  );
  onTestFinished(async () => {
    for (const socket of echo.clients) socket.terminate();
    await webSockets.close(0);
    agent.destroy();
    rmSync(home, { recursive: true });
  });
  if (!webSockets.servers.ws) throw new Error('no listener');
  return listenOnLoopback(webSockets.servers.ws);
};

/** What a client, as browsers have it, hears when it says hello; `refused` where it cannot connect. */
const hello = (port: number, { context }: Subscribed, token: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = new BrowserWebSocket(`ws://127.0.0.1:${port}${context}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    socket.addEventListener('open', () => socket.send('hello'));
    socket.addEventListener('error', () => resolve('refused'));
    socket.addEventListener('message', ({ data }) => {
      resolve(String(data));
      socket.close();
    });
  });

describe('a connection through a gateway, with a token of the Key Manager', () => {
  it("reaches the back end with an application's token, and with a user's", async () => {
    const api = await subscribe(fixture.km);
    const port = await startGateway(api);

    expect(await hello(port, api, await applicationToken(fixture.km, api))).toBe('hello');
    expect(await hello(port, api, await userToken(fixture.km, api))).toBe('hello');
  });

  it('is refused with a foreign token, a wrong one, or while the subscription is blocked', async () => {
    const [api, other] = [await subscribe(fixture.km), await subscribe(fixture.km)];
    const port = await startGateway(api);
    expect(await hello(port, api, await applicationToken(fixture.km, other))).toBe('refused');
    expect(await hello(port, api, 'wrong')).toBe('refused');

    await setSubscription(fixture.km, api, 'BLOCKED');
    expect(await hello(port, api, await applicationToken(fixture.km, api))).toBe('refused');
  });

  it('is refused with a sandbox key where the API has no back end for it', async () => {
    const api = await subscribe(fixture.km, 'SANDBOX');

    expect(await hello(await startGateway(api), api, await applicationToken(fixture.km, api))).toBe('refused');
  });
});

describe('validateKeyforHandshake', () => {
  it('answers with the elements of validateKey, whatever scopes the resources ask for', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    const options: RequestInit & { readonly dispatcher: Agent } = {
      method: 'POST',
      headers: {
        'Content-Type': 'text/xml; charset=UTF-8',
        SOAPAction: '"urn:validateKeyforHandshake"',
        Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><v:validateKeyforHandshake xmlns:v="http://org.apache.axis2/xsd"><v:context>${api.context}</v:context><v:version>1.0.0</v:version><v:accessToken>${token}</v:accessToken></v:validateKeyforHandshake></e:Body></e:Envelope>`,
      dispatcher: client,
    };
    const text = await (await fetch(`${fixture.serviceUrl}APIKeyValidationService`, options)).text();

    expect(text).toContain('<ns:validateKeyforHandshakeResponse xmlns:ns="http://org.apache.axis2/xsd">');
    expect(text).toMatch(/<(\w+):authorized>true<\/\1:authorized>/);
    expect(text).toMatch(/<(\w+):validationStatus>0<\/\1:validationStatus>/);
  });
});
