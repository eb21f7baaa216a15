import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { beforeAll, onTestFinished } from 'vitest';
import type { CarbonContext } from '../../../../compose/wso2am/server/carbon/context.ts';
import { createAuthenticator } from '../../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createEvents } from '../../../../compose/wso2am/server/carbon/events.ts';
import { PASSTHROUGH_LIMITS, refuseMalformed } from '../../../../compose/wso2am/server/carbon/http-limits.ts';
import { createSessionStore } from '../../../../compose/wso2am/server/carbon/session-store.ts';
import { memoryUserStore } from '../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { runtimeProperties } from '../../../../compose/wso2am/server/config/runtime-properties.ts';
import { upstreamAgent } from '../../../../compose/wso2am/server/gateway/upstream-agent.ts';
import {
  type GatewayCaches,
  gatewayCaches,
} from '../../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import { type MediatorParts, mediator } from '../../../../compose/wso2am/server/mediation/mediator.ts';
import { type ArtifactStore, createArtifactStore } from '../../../../compose/wso2am/server/synapse/artifact-store.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { load, type Tables } from '../config/deployment.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { endpointXml, PRODUCTION } from '../synapse/sample-artifacts.ts';
import { type KeyManagerDouble, startKeyManagerDouble } from './key-manager-double.ts';

/** Time at which gateways of these tests start, epoch milliseconds. */
export const START = 1_600_000_000_000;

export type GatewayUnderTest = {
  readonly url: string;
  readonly port: number;
  readonly artifacts: ArtifactStore;
  readonly caches: GatewayCaches;
  readonly keyManager: KeyManagerDouble;
  readonly lines: readonly string[];
  readonly context: CarbonContext;
  /** Lets time pass, milliseconds. */
  pass(milliseconds: number): void;
};

export type GatewayOptions = {
  readonly version?: Version;
  readonly tables?: Tables;
  readonly parts?: Partial<Pick<MediatorParts, 'throttle' | 'isRevoked' | 'subscriptionData'>>;
};

let primary: Credential;

/** Makes the key that all nodes share; call it once in a file, outside of tests. */
export const useSharedKey = (): void => {
  beforeAll(async () => {
    primary = await serverCredential(await testAuthority(), 'primary');
  });
};

/** A gateway on loopback with a Key Manager's double, a clock that stands still, and artifacts in a folder of its own. */
export const startGateway = async (options: GatewayOptions = {}): Promise<GatewayUnderTest> => {
  const { version = '3.0.0', tables = {}, parts = {} } = options;
  const keyManager = await startKeyManagerDouble();
  const { lines, log } = recordedLog();
  const tableOfKeyManager = { service_url: keyManager.serviceUrl, username: 'admin', password: 'admin' };
  const configuration = load({ 'apim.key_manager': tableOfKeyManager, ...tables }, { version });
  const home = temporaryHome(`wso2am-${version}`);
  const users = memoryUserStore({ username: 'admin', password: 'admin' }, []);
  let passed = 0;
  const context: CarbonContext = {
    version,
    home,
    role: 'gateway',
    configuration,
    properties: runtimeProperties(configuration, {
      localIp: '127.0.0.1',
      offset: 0,
      listeners: ['passthroughHttp', 'passthroughHttps'],
      systemProperties: {},
    }),
    databases: {},
    users,
    authenticator: createAuthenticator(
      users,
      createSessionStore(() => passed),
    ),
    primaryKey: primaryKey(),
    events: createEvents(() => undefined),
    log,
  };
  const artifacts = createArtifactStore(home, log);
  const caches = gatewayCaches(configuration, () => passed);
  const agent = upstreamAgent([]);
  onTestFinished(() => agent.destroy());
  const now = () => passed;
  const clock = () => START + passed;
  const handler = mediator(context, { artifacts, caches, agent, now, clock, ...parts });
  const server = createServer(PASSTHROUGH_LIMITS, handler);
  refuseMalformed(server);
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    artifacts,
    caches,
    keyManager,
    lines,
    context,
    pass: (milliseconds) => {
      passed += milliseconds;
    },
  };
};

const primaryKey = (): CarbonContext['primaryKey'] => ({
  privateKey: createPrivateKey(primary.key),
  certificate: new X509Certificate(primary.certificate),
});

/** A key that nobody trusts. */
export const strangeKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** A back end on loopback, deployed as the production endpoint of the sample API. @param settings of the endpoint */
export const startBackend = async (
  { artifacts }: Pick<GatewayUnderTest, 'artifacts'>,
  listener: RequestListener = (_incoming, response) => void response.end('pizza'),
  settings = '',
): Promise<number> => {
  const port = await listenOnLoopback(createServer(listener));
  await artifacts.endpoints.deploy(endpointXml(PRODUCTION, `http://127.0.0.1:${port}/base/`, settings));
  return port;
};

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
