import { join } from 'node:path';
import { HOME_PATHS } from '../../../../lab/product/image.ts';
import type { Log } from '../carbon/log.ts';
import { type ApiArtifact, readApi } from './api-artifact.ts';
import { artifactFolder } from './artifact-folder.ts';
import { type EndpointArtifact, readEndpoint } from './endpoint-artifact.ts';
import { type LocalEntry, readLocalEntry } from './local-entry.ts';
import { readSequence, type SequenceArtifact } from './sequence-artifact.ts';
import { createShelf, type Shelf } from './shelf.ts';

/** What a gateway serves: its artifacts by kind, as they lie on the share (wire.md 6.2). */
export type ArtifactStore = {
  readonly apis: Shelf<ApiArtifact>;
  readonly endpoints: Shelf<EndpointArtifact>;
  readonly localEntries: Shelf<LocalEntry>;
  readonly sequences: Shelf<SequenceArtifact>;
  /** Counts the changes of APIs and endpoints, so that a router knows when its tables are old. */
  revision(): number;
  /** Brings all kinds in line with the folders. */
  scan(): Promise<void>;
};

/** Below the product home; the super tenant's (wire.md 6.2). */
const CONFIGS = `${HOME_PATHS.deploymentServer}/synapse-configs/default`;

/** Who says what in the product (wire.md 6.3; wso2-synapse 2.1.7, carbon-mediation). */
const API_CLASS = 'org.apache.synapse.rest.API';
const OBSERVER_CLASS = 'org.wso2.carbon.mediation.dependency.mgt.DependencyTracker';
const DEPLOYER_CLASS = 'org.apache.synapse.deployers.AbstractSynapseArtifactDeployer';

const CHANGES = {
  added: 'was added to the Synapse configuration successfully',
  updated: 'was updated from the Synapse configuration successfully',
  removed: 'was removed from the Synapse configuration successfully',
} as const;

/** An empty store of a product home; the first scan fills it. */
export const createArtifactStore = (home: string, log: (className: string) => Log): ArtifactStore => {
  let revision = 0;
  const observer = log(OBSERVER_CLASS);
  const initializing = log(API_CLASS);
  const deployer = log(DEPLOYER_CLASS);

  const shelf = <T extends { readonly name: string }>(
    folder: string,
    kind: string,
    read: (text: string) => T,
    announce: (artifact: T) => void = () => undefined,
  ): Shelf<T> =>
    createShelf({
      folder: artifactFolder(join(home, CONFIGS, folder)),
      read,
      onChange: (change, artifact) => {
        revision += 1;
        if (change !== 'removed') announce(artifact);
        observer.info(`${kind} : ${artifact.name} ${CHANGES[change]}`);
      },
      onFailure: (file, cause) => deployer.error(`${kind} Deployment from the file : ${file} : Failed.`, cause),
    });

  const endpoints = shelf('endpoints', 'Endpoint', readEndpoint);
  const localEntries = shelf('local-entries', 'Local entry', readLocalEntry);
  const sequences = shelf('sequences', 'Sequence', readSequence);
  const apis = shelf('api', 'API', readApi, ({ name }) => initializing.info(`Initializing API: ${name}`));
  return {
    apis,
    endpoints,
    localEntries,
    sequences,
    revision: () => revision,
    // What others refer to comes first.
    scan: async () => {
      for (const each of [localEntries, sequences, endpoints, apis]) await each.scan();
    },
  };
};
