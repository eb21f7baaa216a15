import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY_LIMIT } from '../../../compose/wso2am/server/carbon/http-limits.ts';
import { authenticationAdmin } from '../../../compose/wso2am/server/carbon/soap/authentication-admin.ts';
import { escapeXml } from '../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { childOf, parseXml } from '../../../compose/wso2am/server/carbon/soap/parse-xml.ts';
import { soapEndpoint } from '../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { keyValidationServices } from '../../../compose/wso2am/server/key-validation/key-validation-services.ts';
import { createArtifactStore } from '../../../compose/wso2am/server/synapse/artifact-store.ts';
import { gatewayAdminServices } from '../../../compose/wso2am/server/synapse/gateway-admin-services.ts';
import { createEngine } from '../../../compose/wso2am/server/throttling/create-engine.ts';
import { eventProcessorAdmin } from '../../../compose/wso2am/server/throttling/deployment/event-processor-admin.ts';
import { planDirectory } from '../../../compose/wso2am/server/throttling/deployment/plan-directory.ts';
import { systemTimers } from '../../../compose/wso2am/server/throttling/timers.ts';
import { userManagementServices } from '../../../compose/wso2am/server/user-management/user-management-services.ts';
import { heldResources, settledHeap } from '../../unit/simulator/held-resources.ts';
import { apiXml } from '../../unit/simulator/synapse/sample-artifacts.ts';
import { useKeyManagers } from '../oauth2/fixture.ts';
import { type Listening, listen, recordingLog } from '../publisher/listen.ts';
import { argumentsOf, elementOf, envelopeOf, hostileEnvelopes, type Operation } from './hostile-envelopes.ts';

const GATEWAY = 'http://service.gateway.apimgt.carbon.wso2.org';
const USERS = 'http://service.ws.um.carbon.wso2.org';
const KEYS = 'http://org.apache.axis2/xsd';

/** Operations that read or write something, of every admin service; none changes the administrator. */
const OPERATIONS: readonly Operation[] = [
  {
    service: 'AuthenticationAdmin',
    name: 'login',
    namespace: 'http://authentication.services.core.carbon.wso2.org',
    values: { username: 'nobody', password: 'wrong', remoteAddress: '10.0.0.5' },
  },
  {
    service: 'APIGatewayAdmin',
    name: 'addApi',
    namespace: GATEWAY,
    values: { apiProviderName: 'admin', apiName: 'Hostile', version: '1.0.0', apiConfig: escapeXml(apiXml()) },
  },
  {
    service: 'APIGatewayAdmin',
    name: 'addEndpoint',
    namespace: GATEWAY,
    values: { endpointData: escapeXml('<endpoint xmlns="http://ws.apache.org/ns/synapse" name="x"/>') },
  },
  {
    service: 'APIGatewayAdmin',
    name: 'addSequence',
    namespace: GATEWAY,
    values: { sequence: '<sequence xmlns="http://ws.apache.org/ns/synapse" name="x"/>' },
  },
  {
    service: 'APILocalEntryAdmin',
    name: 'addLocalEntry',
    namespace: GATEWAY,
    values: { content: 'x', tenantDomain: 'carbon.super' },
  },
  {
    service: 'APILocalEntryAdmin',
    name: 'getEntry',
    namespace: GATEWAY,
    values: { key: 'x', tenantDomain: 'carbon.super' },
  },
  {
    service: 'EventProcessorAdminService',
    name: 'deployExecutionPlan',
    namespace: 'http://admin.processor.event.carbon.wso2.org',
    values: { executionPlan: 'x' },
  },
  {
    service: 'APIKeyValidationService',
    name: 'validateKey',
    namespace: KEYS,
    values: {
      context: '/pizza/1.0.0',
      version: '1.0.0',
      accessToken: 'x',
      requiredAuthenticationLevel: 'Any',
      clientDomain: '',
      matchingResource: '/menu',
      httpVerb: 'GET',
    },
  },
  {
    service: 'APIKeyValidationService',
    name: 'getAllURITemplates',
    namespace: KEYS,
    values: { context: '/pizza/1.0.0', version: '1.0.0' },
  },
  {
    service: 'APIKeyMgtRemoteUserStoreMgtService',
    name: 'authenticate',
    namespace: KEYS,
    values: { username: 'nobody', password: 'wrong' },
  },
  {
    service: 'RemoteUserStoreManagerService',
    name: 'addUser',
    namespace: USERS,
    values: { userName: 'nobody', credential: 'short', roleList: 'nobody' },
  },
  {
    service: 'RemoteUserStoreManagerService',
    name: 'getRoleListOfUser',
    namespace: USERS,
    values: { userName: 'nobody' },
  },
];

/** Frames of a stack, names of files, words of the database, and what stands in a file of the machine. */
const LEAKS = /\n\s+at |\.ts:\d|node_modules|You have an error in your SQL|ER_[A-Z]+|root:x:/;

const keyManagers = useKeyManagers();
const complaints: string[] = [];
let listening: Listening;
let home: string;
let stopPlans: () => void;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hostile-'));
  await mkdir(join(home, 'plans'));
  listening = await listen();
  const log = recordingLog(complaints);
  const context = { ...keyManagers.km.context, log: () => log };
  const { authenticator } = context;
  const artifacts = createArtifactStore(join(home, 'gateway'), () => log);
  await artifacts.scan();
  const engine = createEngine({ timers: systemTimers, onDecision: () => undefined });
  const plans = await planDirectory({ directory: join(home, 'plans'), engine, timers: systemTimers, log });
  stopPlans = plans.close;
  const services = [
    authenticationAdmin(authenticator, log),
    ...gatewayAdminServices(context, artifacts),
    eventProcessorAdmin(plans, () => undefined),
    ...keyValidationServices(context, Date.now),
    ...userManagementServices(context),
  ];
  const onNotSimulated = (): void => undefined;
  listening.serve([soapEndpoint({ services, notSimulated: [], authenticator, log, onNotSimulated })], log);
});
afterAll(async () => {
  stopPlans();
  await listening.stop();
  await rm(home, { recursive: true });
});

const ADMIN = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

const post = async (service: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) => {
  const options: RequestInit & { readonly dispatcher: Listening['agent'] } = {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=UTF-8', Authorization: ADMIN, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
    dispatcher: listening.agent,
  };
  const response = await fetch(`https://localhost:${listening.port}/services/${service}`, options);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** An answer or a fault in an envelope, with nothing of the inside; and nothing happened that nobody foresaw. */
const expectDecent = ({ status, headers, text }: Awaited<ReturnType<typeof post>>): void => {
  expect([200, 202, 500, 501]).toContain(status);
  expect(headers.get('content-type') ?? 'text/xml').toContain('xml');
  expect(text).not.toMatch(LEAKS);
  if (text !== '') expect(childOf(childOf(parseXml(text), 'Envelope'), 'Body')).toBeDefined();
  expect(complaints.splice(0).filter((line) => line.includes('threw exception'))).toEqual([]);
};

describe.each(OPERATIONS)('$service, operation $name', (operation) => {
  it.each(hostileEnvelopes(operation))('sent $title answers decently', async ({ body }) => {
    expectDecent(await post(operation.service, body));
  });

  it('is for nobody without a name', async () => {
    const body = envelopeOf(elementOf(operation, argumentsOf(operation.values)));
    const reply = await post(operation.service, body, { Authorization: 'Basic ' });
    expectDecent(reply);
    if (operation.service !== 'AuthenticationAdmin') expect(reply.text).toContain('Access Denied');
  });
});

describe('an admin service', () => {
  it('takes no body beyond the limit', async () => {
    expect((await post('APIGatewayAdmin', 'a'.repeat(BODY_LIMIT + 1))).status).toBe(413);
  });

  it.each(['application/json', 'multipart/form-data; boundary=x', 'text/xml; charset=utf-7', ''])(
    'answers decently to a body of the media type %j',
    async (type) => {
      expectDecent(await post('APIGatewayAdmin', 'hello', { 'Content-Type': type }));
    },
  );

  it('wrote nothing outside of its folders', async () => {
    const files = (await readdir(home, { recursive: true })).filter((name) => /passwd|[\\]|\.\./.test(name));
    expect(files).toEqual([]);
    expect((await readdir(home)).filter((name) => !['gateway', 'plans'].includes(name))).toEqual([]);
  });

  it('holds no more after a second storm than after the first', async () => {
    const [login, addApi] = OPERATIONS;
    const storm = async (): Promise<void> => {
      for (const operation of [login, addApi]) {
        if (!operation) continue;
        for (const { body } of hostileEnvelopes(operation)) await post(operation.service, body);
      }
      // What the test keeps of the log is no leak.
      complaints.length = 0;
    };
    await storm();
    const handles = heldResources();
    const heap = settledHeap();
    await storm();

    expect(heldResources()).toEqual(handles);
    // A storm sends more than 8 MB; a copy of it that stayed would show.
    expect(settledHeap() - heap).toBeLessThan(4 * 1024 * 1024);
  }, 120_000);

  it('still serves whoever asks properly', async () => {
    const operation = {
      name: 'login',
      namespace: 'http://authentication.services.core.carbon.wso2.org',
      values: { username: 'admin', password: 'admin', remoteAddress: '10.0.0.5' },
    };
    const reply = await post('AuthenticationAdmin', envelopeOf(elementOf(operation, argumentsOf(operation.values))));
    expect(reply.text).toContain('>true<');
  });
});
