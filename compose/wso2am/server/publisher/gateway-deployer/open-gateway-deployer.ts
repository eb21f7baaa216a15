import type { Agent } from 'node:https';
import type { CarbonContext } from '../../carbon/context.ts';
import type { Log } from '../../carbon/log.ts';
import type { GatewayEnvironments } from '../../config/gateway-environments.ts';
import type { Statements } from '../../database/database.ts';
import { notSimulatedLog } from '../../not-simulated.ts';
import { DATABASE_SAVER, publisherSynchronization } from '../../runtime-artifacts/synchronization.ts';
import type { Api } from '../model/api.ts';
import type { Deployment, GatewayDeployer } from './gateway-deployer.ts';
import { savingGatewayDeployer } from './saving-gateway-deployer.ts';
import { soapGatewayDeployer } from './soap-gateway-deployer.ts';

export type DeployerParts = {
  readonly environments: GatewayEnvironments['environments'];
  readonly agent: Agent;
  readonly log: Log;
  readonly apim: Statements;
};

/**
 * How the node brings APIs to gateways: by calling each one, or, in 3.2.0 where `[apim.sync_runtime_artifacts.publisher]` says so,
 * by saving them for gateways to fetch.
 * @throws ConfigurationError
 */
export const openGatewayDeployer = (
  { configuration, events, log: logOf }: Pick<CarbonContext, 'configuration' | 'events' | 'log'>,
  { environments, agent, log, apim }: DeployerParts,
): GatewayDeployer => {
  const soap = soapGatewayDeployer(environments, agent, log);
  const settings = publisherSynchronization(configuration);
  if (!settings) return soap;
  const names = environments.map(({ name }) => name);
  if (settings.saver !== DATABASE_SAVER) return unknownSaver(settings.saver, names, notSimulatedLog(logOf));
  const direct = settings.publishesDirectly ? soap : undefined;
  return savingGatewayDeployer({ apim, events, environments: names, direct, log });
};

/** Fails everywhere: who saves by an extension of the product's would take anything else for success. */
const unknownSaver = (
  saver: string,
  environments: readonly string[],
  onNotSimulated: (what: string) => void,
): GatewayDeployer => {
  const refuse = async (api: Api): Promise<readonly Deployment[]> => {
    onNotSimulated(`artifact_saver "${saver}"`);
    return environments
      .filter((name) => api.gatewayEnvironments.includes(name))
      .map((environment) => ({ environment, failure: `the simulator has no artifact saver "${saver}"` }));
  };
  return { publish: refuse, remove: refuse };
};
