import type { CarbonEvents } from '../../carbon/events.ts';
import type { Log } from '../../carbon/log.ts';
import type { Statements } from '../../database/database.ts';
import { saveArtifact } from '../../runtime-artifacts/artifact-storage.ts';
import type { Instruction, RuntimeArtifact } from '../../runtime-artifacts/runtime-artifact.ts';
import type { Api } from '../model/api.ts';
import type { Deployment, GatewayDeployer } from './gateway-deployer.ts';
import { artifactToPublish, artifactToRemove } from './runtime-artifact-of.ts';

export type SavingParts = {
  readonly apim: Statements;
  readonly events: Pick<CarbonEvents, 'apiSaved'>;
  /** Names of the gateway environments that the node knows; gateways subscribe to them as labels. */
  readonly environments: readonly string[];
  /** Calls the gateways too, and first; what one of them refuses is not saved for it. */
  readonly direct: GatewayDeployer | undefined;
  readonly log: Log;
};

/**
 * Saves APIs where gateways of 3.2.0 fetch them, and tells the gateways once that is done (wire.md 6.3;
 * `[apim.sync_runtime_artifacts.publisher]`).
 */
export const savingGatewayDeployer = (parts: SavingParts): GatewayDeployer => {
  const { apim, events, environments, direct, log } = parts;
  const save = async (
    api: Api,
    called: readonly Deployment[] | undefined,
    artifact: RuntimeArtifact,
    instruction: Instruction,
  ): Promise<readonly Deployment[]> => {
    const targets = called ?? environments.filter((name) => api.gatewayEnvironments.includes(name)).map(withName);
    const deployments: Deployment[] = [];
    for (const deployment of targets) {
      if (deployment.failure === undefined) deployments.push(await saveFor(deployment, artifact, instruction));
      else deployments.push(deployment);
    }
    const gatewayLabels = deployments
      .filter(({ failure }) => failure === undefined)
      .map(({ environment }) => environment);
    if (gatewayLabels.length > 0) await events.apiSaved.fire({ instruction, id: api.id, gatewayLabels });
    return deployments;
  };
  const saveFor = async (
    { environment }: Deployment,
    artifact: RuntimeArtifact,
    instruction: Instruction,
  ): Promise<Deployment> => {
    try {
      await saveArtifact(apim, artifact, environment, instruction);
      return { environment };
    } catch (cause) {
      log.error('Error occurred while saving API artifacts to the Storage', cause);
      return { environment, failure: String(cause) };
    }
  };
  return {
    publish: async (api, definition, wasDefault) =>
      save(api, await direct?.publish(api, definition, wasDefault), artifactToPublish(api, definition), 'Publish'),
    remove: async (api) => save(api, await direct?.remove(api), artifactToRemove(api), 'Remove'),
  };
};

const withName = (environment: string): Deployment => ({ environment });
