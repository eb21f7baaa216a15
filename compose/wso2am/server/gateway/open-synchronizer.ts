import type { Agent } from 'node:https';
import type { CarbonContext } from '../carbon/context.ts';
import { artifactClient } from '../runtime-artifacts/artifact-client.ts';
import { gatewaySynchronization } from '../runtime-artifacts/synchronization.ts';
import { type GatewaySynchronizer, synchronizeGateway } from '../runtime-artifacts/synchronize-gateway.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import { dataService } from './boot-loads/data-service.ts';

export type OpenSynchronizer = {
  readonly synchronizer: GatewaySynchronizer;
  /** Ends what waits for the event hub. */
  close(): void;
};

const CLIENT = 'org.wso2.carbon.apimgt.impl.gatewayartifactsynchronizer.DBRetriever';

/**
 * What fetches the APIs of a gateway from the event hub; undefined where `[apim.sync_runtime_artifacts.gateway]` does not ask for it.
 * @throws ConfigurationError
 */
export const openSynchronizer = (
  context: CarbonContext,
  artifacts: ArtifactStore,
  agent: Agent,
): OpenSynchronizer | undefined => {
  const settings = gatewaySynchronization(context.configuration);
  if (!settings) return undefined;
  const ending = new AbortController();
  const { signal } = ending;
  const client = artifactClient({ service: dataService(context), agent, log: context.log(CLIENT), signal });
  return {
    synchronizer: synchronizeGateway({ settings, client, artifacts, log: context.log, signal }),
    close: () => ending.abort(),
  };
};
