import { Agent } from 'node:https';
import { onTestFinished } from 'vitest';
import type { CarbonContext } from '../../../compose/wso2am/server/carbon/context.ts';
import type { Endpoint } from '../../../compose/wso2am/server/carbon/web.ts';
import { startBootLoads } from '../../../compose/wso2am/server/gateway/boot-loads/start-boot-loads.ts';
import { createRevokedJwts } from '../../../compose/wso2am/server/gateway/revoked-jwts.ts';
import { createBlockingConditions } from '../../../compose/wso2am/server/throttling/gateway/blocking-conditions.ts';
import { createKeyTemplates } from '../../../compose/wso2am/server/throttling/gateway/key-templates.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { load } from '../../unit/simulator/config/deployment.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { certificates, listen, recordingLog } from '../publisher/listen.ts';

export const ADMIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

export type DataReply = { readonly status: number; readonly text: string };

/** A node that gateways load from, over the databases of a Portal; gone at the end of the test. */
export const startDataNode = async (
  portal: PortalNode,
  endpointsOf: (context: CarbonContext) => readonly Endpoint[],
) => {
  const listening = await listen();
  listening.serve(endpointsOf(portal.context), portal.context.log(''));
  onTestFinished(() => listening.stop());
  const url = `https://localhost:${listening.port}`;
  const request = async (path: string, init: RequestInit = {}): Promise<DataReply> => {
    const options: RequestInit & { readonly dispatcher: typeof listening.agent } = {
      headers: ADMIN,
      ...init,
      dispatcher: listening.agent,
    };
    const response = await fetch(url + path, options);
    return { status: response.status, text: await response.text() };
  };
  return { url, request };
};

/** What a gateway knows that starts now and loads from the node. */
export const startedGateway = async ({ version }: PortalNode, url: string) => {
  const own = version === '3.2.0' ? 'apim.throttling' : 'apim.key_manager';
  const delay = { 'apim.throttling.blacklist_condition': { start_delay: 0 } };
  const service = { service_url: `${url}/services/`, username: 'admin', password: 'admin' };
  const configuration = load({ ...(version === '3.2.0' ? {} : delay), [own]: service }, { version });
  const complaints: string[] = [];
  const log = recordingLog(complaints);
  const holders = { blockingConditions: createBlockingConditions(), keyTemplates: createKeyTemplates() };
  const revokedJwts = createRevokedJwts();
  const agent = new Agent({ ca: credentialOf(await certificates, 'ca').certificate });
  const context = { version, configuration, properties: new Map<string, string>(), log: () => log };
  await startBootLoads(context, { holders, revokedJwts }, { agent }).done;
  agent.destroy();
  return { ...holders, revokedJwts, complaints };
};
