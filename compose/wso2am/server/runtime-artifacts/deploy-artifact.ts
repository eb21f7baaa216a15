import { type ApiArtifact, readApi } from '../synapse/api-artifact.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import { checkApi } from '../synapse/check-api.ts';
import type { RuntimeArtifact } from './runtime-artifact.ts';

/**
 * Deploys an API out of what was fetched, in place of what is there of it, and writes no file (documentation of 3.2.0). Other than in
 * the product, which undeploys first, it answers all the while.
 * @throws ArtifactError
 */
export const deployArtifact = async (artifacts: ArtifactStore, artifact: RuntimeArtifact): Promise<void> => {
  const { apis, endpoints, localEntries, sequences } = artifacts;
  const added = new Set(
    [artifact.sequenceToBeAdd, artifact.localEntriesToBeAdd, artifact.endpointEntriesToBeAdd].flat().map(keyOf),
  );
  await removeOthers(artifacts, artifact, added);
  // What others refer to comes first.
  for (const { content } of artifact.localEntriesToBeAdd) await localEntries.hold(content);
  for (const { content } of artifact.sequenceToBeAdd) await sequences.hold(content);
  for (const { content } of artifact.endpointEntriesToBeAdd) await endpoints.hold(content);

  const { apiDefinition, defaultAPIDefinition } = artifact;
  if (!apiDefinition) return;
  checkApi(readApi(apiDefinition), versionName(artifact), apis.all());
  const { context } = await apis.hold(apiDefinition);
  if (defaultAPIDefinition) {
    checkApi(readApi(defaultAPIDefinition), defaultName(artifact), apis.all());
    await apis.hold(defaultAPIDefinition);
  } else await removeDefault(artifacts, artifact, context);
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
