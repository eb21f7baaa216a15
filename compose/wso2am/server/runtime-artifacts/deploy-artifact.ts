import { type ApiArtifact, readApi } from '../synapse/api-artifact.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import { checkApi } from '../synapse/check-api.ts';
import type { RuntimeArtifact } from './runtime-artifact.ts';

/** Whether artifacts are written to their folders, or held without files, as what a gateway fetched is (documentation of 3.2.0). */
export type Keeping = 'deploy' | 'hold';

/**
 * Deploys an API in place of what is there of it. Other than in the product, which undeploys first, it answers all the while.
 * @throws ArtifactError
 */
export const deployArtifact = async (
  artifacts: ArtifactStore,
  artifact: RuntimeArtifact,
  keep: Keeping,
): Promise<void> => {
  const { apis, endpoints, localEntries, sequences } = artifacts;
  const { apiDefinition, defaultAPIDefinition } = artifact;
  // Nothing changes where the API cannot be deployed.
  if (apiDefinition) checkApi(readApi(apiDefinition), versionName(artifact), apis.all());
  if (defaultAPIDefinition) checkApi(readApi(defaultAPIDefinition), defaultName(artifact), apis.all());
  const added = new Set(
    [artifact.sequenceToBeAdd, artifact.localEntriesToBeAdd, artifact.endpointEntriesToBeAdd].flat().map(keyOf),
  );
  await removeOthers(artifacts, artifact, added);
  // What others refer to comes first.
  for (const { content } of artifact.localEntriesToBeAdd) await localEntries[keep](content);
  for (const { content } of artifact.sequenceToBeAdd) await sequences[keep](content);
  for (const { content } of artifact.endpointEntriesToBeAdd) await endpoints[keep](content);

  if (!apiDefinition) return;
  const { context } = await apis[keep](apiDefinition);
  if (defaultAPIDefinition) await apis[keep](defaultAPIDefinition);
  else await removeDefault(artifacts, artifact, context);
};

/** Forgets an API, and what an artifact says is its own. */
export const undeployArtifact = async (artifacts: ArtifactStore, artifact: RuntimeArtifact): Promise<void> => {
  const api = artifacts.apis.find(versionName(artifact));
  if (api) {
    await removeDefault(artifacts, artifact, api.context);
    await artifacts.apis.remove(api.name);
  }
  await removeOthers(artifacts, artifact, new Set());
};

const removeOthers = async (
  { endpoints, localEntries, sequences }: ArtifactStore,
  artifact: RuntimeArtifact,
  added: ReadonlySet<string>,
): Promise<void> => {
  for (const [shelf, names] of [
    [endpoints, artifact.endpointEntriesToBeRemove],
    [sequences, artifact.sequencesToBeRemove],
    [localEntries, artifact.localEntriesToBeRemove],
  ] as const)
    for (const name of names) if (!added.has(name)) await shelf.remove(name);
};

/** The default version is that of one version: another one's stays. */
const removeDefault = async ({ apis }: ArtifactStore, artifact: RuntimeArtifact, context: string): Promise<void> => {
  const name = defaultName(artifact);
  const leadsTo = ({ resources }: ApiArtifact): boolean =>
    resources.some(({ route }) => route.kind === 'version' && route.context === context);
  const api = apis.find(name);
  if (api && leadsTo(api)) await apis.remove(name);
};

const keyOf = ({ name }: { readonly name: string }): string => name;

/** Names of synapse APIs (wire.md 6.2). */
const defaultName = ({ provider, name }: RuntimeArtifact): string => `${provider}--${name}`;
const versionName = (artifact: RuntimeArtifact): string => `${defaultName(artifact)}:v${artifact.version}`;
