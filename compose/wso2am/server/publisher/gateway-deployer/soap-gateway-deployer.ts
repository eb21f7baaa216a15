import type { Agent } from 'node:https';
import type { Log } from '../../carbon/log.ts';
import type { GatewayEnvironments } from '../../config/gateway-environments.ts';
import type { Api } from '../model/api.ts';
import { deployApi, undeployApi, undeployDefaultVersion } from './deploy-api.ts';
import type { Deployment, GatewayDeployer } from './gateway-deployer.ts';
import { type GatewaySession, openGatewaySession } from './gateway-session.ts';

type Environment = GatewayEnvironments['environments'][number];

/** Deploys through the admin services of the gateways, one environment after the other, each with a log-in of its own. */
export const soapGatewayDeployer = (environments: readonly Environment[], agent: Agent, log: Log): GatewayDeployer => {
  const inEach = async (
    api: Api,
    what: string,
    work: (session: GatewaySession) => Promise<void>,
  ): Promise<readonly Deployment[]> => {
    const deployments: Deployment[] = [];
    for (const environment of environments.filter(({ name }) => api.gatewayEnvironments.includes(name))) {
      try {
        await work(await openGatewaySession(agent, environment));
        deployments.push({ environment: environment.name });
      } catch (cause) {
        log.error(`Error occurred when ${what} gateway ${environment.name}`, cause);
        deployments.push({ environment: environment.name, failure: String(cause) });
      }
    }
    return deployments;
  };
  return {
    publish: (api, definition, wasDefault) =>
      inEach(api, 'publish to', async (session) => {
        await deployApi(session, api, definition);
        if (wasDefault && !api.isDefaultVersion) await undeployDefaultVersion(session, api);
      }),
    remove: (api) => inEach(api, 'removing from', (session) => undeployApi(session, api)),
  };
};
