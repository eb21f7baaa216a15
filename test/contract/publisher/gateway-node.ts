import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthenticator } from '../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../compose/wso2am/server/carbon/session-store.ts';
import { authenticationAdmin } from '../../../compose/wso2am/server/carbon/soap/authentication-admin.ts';
import { soapEndpoint } from '../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { memoryUserStore } from '../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { createArtifactStore } from '../../../compose/wso2am/server/synapse/artifact-store.ts';
import { gatewayAdminServices } from '../../../compose/wso2am/server/synapse/gateway-admin-services.ts';
import { listen, recordingLog } from './listen.ts';

/** The admin services of a gateway over a folder of its own. */
export type GatewayNode = {
  readonly serviceUrl: string;
  /** Files by folder below `synapse-configs/default`. */
  files(folder: string): Promise<readonly string[]>;
  file(folder: string, name: string): Promise<string>;
  stop(): Promise<void>;
};

export const startGateway = async (): Promise<GatewayNode> => {
  const home = await mkdtemp(join(tmpdir(), 'gateway-'));
  const listening = await listen();
  const log = recordingLog([]);
  const users = memoryUserStore({ username: 'admin', password: 'admin' }, []);
  const authenticator = createAuthenticator(users, createSessionStore(Date.now));
  const artifacts = createArtifactStore(home, () => log);
  await artifacts.scan();
  const services = [
    authenticationAdmin(authenticator, log),
    ...gatewayAdminServices({ log: () => log, version: '3.0.0' }, artifacts),
  ];
  listening.serve(
    [soapEndpoint({ services, notSimulated: [], authenticator, log, onNotSimulated: () => undefined })],
    log,
  );
  const folderOf = (folder: string): string =>
    join(home, 'repository/deployment/server/synapse-configs/default', folder);
  return {
    serviceUrl: `https://localhost:${listening.port}/services/`,
    files: async (folder) => (await readdir(folderOf(folder)).catch(() => [])).sort(),
    file: (folder, name) => readFile(join(folderOf(folder), name), 'utf8'),
    stop: async () => {
      await listening.stop();
      await rm(home, { recursive: true });
    },
  };
};
