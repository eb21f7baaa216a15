import type { ApiArtifact } from './api-artifact.ts';
import { ArtifactError } from './artifact-error.ts';

/**
 * One context belongs to one API; synapse refuses the second.
 * @throws ArtifactError for that, and for an API under another name than the one that was announced
 */
export const checkApi = (api: ApiArtifact, expected: string, deployed: readonly ApiArtifact[]): void => {
  if (api.name !== expected)
    throw new ArtifactError(`The API configuration is that of "${api.name}", not of "${expected}"`);
  const other = deployed.find(({ name, context }) => context === api.context && name !== api.name);
  if (other) throw new ArtifactError(`URL context: ${api.context} is already registered with the API: ${other.name}`);
};
