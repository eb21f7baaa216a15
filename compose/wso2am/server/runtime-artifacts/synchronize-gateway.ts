import * as z from 'zod/mini';
import { systemTimers, type Timers } from '../broker/timers.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { elapsed } from '../gateway/boot-loads/elapsed.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import { inTurn } from '../synapse/in-turn.ts';
import type { ArtifactAttributes, ArtifactClient } from './artifact-client.ts';
import { deployArtifact, undeployArtifact } from './deploy-artifact.ts';
import { loadArtifacts } from './load-artifacts.ts';
import { runtimeArtifactSchema } from './runtime-artifact.ts';
import { DATABASE_RETRIEVER, type GatewaySynchronization } from './synchronization.ts';

/** How a gateway of 3.2.0 keeps in step with what Publishers saved (wire.md 6.3). */
export type GatewaySynchronizer = {
  /** Loads everything; in sync it resolves when that is done, or given up. */
  load(): Promise<void>;
  /** Heeds the event that an API was saved for gateways of some labels. Rejects when what was saved cannot be had. */
  readonly deploy: (event: DeploymentEvent) => Promise<void>;
  /** The same of an API that they shall serve no longer. */
  readonly remove: (event: DeploymentEvent) => Promise<void>;
  attributes: ArtifactClient['attributes'];
  /** Of one API, on this gateway alone. @throws Error when it cannot be had */
  redeploy(attributes: ArtifactAttributes): Promise<void>;
  undeploy(attributes: ArtifactAttributes): Promise<void>;
};

/** An API by its UUID, and for whom it is. */
export type DeploymentEvent = { readonly apiId: string; readonly gatewayLabels: readonly string[] };

export type SynchronizerParts = {
  readonly settings: GatewaySynchronization;
  readonly client: ArtifactClient;
  readonly artifacts: ArtifactStore;
  readonly log: CarbonContext['log'];
  readonly signal: AbortSignal;
  readonly timers?: Timers;
};

const STARTUP = 'org.wso2.carbon.apimgt.gateway.listeners.GatewayStartupListener';
const DEPLOYER = 'org.wso2.carbon.apimgt.gateway.InMemoryAPIDeployer';

export const synchronizeGateway = (parts: SynchronizerParts): GatewaySynchronizer => {
  const { settings, client, artifacts, log, signal, timers = systemTimers } = parts;
  const deployer = log(DEPLOYER);
  // An event must not overtake the one before it.
  const next = inTurn();

  const deployOne = async (text: string): Promise<void> => {
    let name = 'an API';
    try {
      const artifact = z.parse(runtimeArtifactSchema, JSON.parse(text));
      name = artifact.name;
      deployer.info(`Deploying synapse artifacts of ${name}`);
      await deployArtifact(artifacts, artifact, 'hold');
    } catch (cause) {
      deployer.error(`Error in deploying ${name} to the Gateway`, cause);
    }
  };
  const deployAll = async (): Promise<boolean> => {
    for (const label of settings.labels) {
      const texts = await client.all(label).catch((cause: unknown) => void deployer.error(UNREADABLE, cause));
      if (texts === undefined) return false;
      for (const text of texts) await deployOne(text);
    }
    return true;
  };
  const ownLabel = (label: string | null): string => {
    if (label !== null && settings.labels.includes(label)) return label;
    throw new Error(`The gateway has not subscribed to the label ${label}`);
  };
  const fetchAndDeploy = async (apiId: string, label: string): Promise<void> =>
    deployArtifact(artifacts, await client.one(apiId, label, 'Publish'), 'hold');
  const fetchAndForget = async (apiId: string, label: string, instruction: 'Remove' | 'ANY'): Promise<void> =>
    undeployArtifact(artifacts, await client.one(apiId, label, instruction));
  /** Where an event is for gateways with other labels nothing happens. */
  const heed = ({ apiId, gatewayLabels }: DeploymentEvent, work: (apiId: string, label: string) => Promise<void>) =>
    next(async () => {
      const label = settings.labels.find((each) => gatewayLabels.includes(each));
      if (label === undefined || settings.retriever !== DATABASE_RETRIEVER) return;
      // Databases of two data centres may need a while to agree.
      if (await elapsed(settings.eventWaitingTime, timers, signal)) await work(apiId, label);
    });

  return {
    load: async () => {
      if (settings.retriever === DATABASE_RETRIEVER)
        return loadArtifacts({ ...settings, attempt: () => next(deployAll), log: log(STARTUP), signal, timers });
      notSimulatedLog(log)(`artifact_retriever "${settings.retriever}"`);
      deployer.error('Artifact retriever not found');
    },
    deploy: (event) => heed(event, fetchAndDeploy),
    remove: (event) => heed(event, (apiId, label) => fetchAndForget(apiId, label, 'Remove')),
    attributes: client.attributes,
    redeploy: ({ apiId, label }) => next(async () => fetchAndDeploy(apiId ?? '', ownLabel(label))),
    // Whatever was saved last names what there is to remove.
    undeploy: ({ apiId, label }) => next(async () => fetchAndForget(apiId ?? '', ownLabel(label), 'ANY')),
  };
};

const UNREADABLE = 'Error deploying APIs to the Gateway';
