/** A synapse artifact that cannot be deployed: malformed, of a name that makes no file, or in the way of another one. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}
