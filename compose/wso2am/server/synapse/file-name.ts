import { ArtifactError } from './artifact-error.ts';

/** Characters that synapse replaces by `_` in the name of an artifact's file (wire.md 6.2). */
const REPLACED = /[\\/?*|:<>]/g;

/** What no name of an API, an endpoint or a key has a use for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const UNACCEPTABLE = /[\u0000-\u001f\u007f]/;

/** Bytes that common file systems grant a name, less what the temporary name adds. */
const LONGEST = 200;

/**
 * The file of an artifact. Without separators a name cannot leave its folder; hidden names stay free for temporary files.
 * @throws ArtifactError
 */
export const fileNameOf = (name: string): string => {
  if (name.trim() === '' || name.startsWith('.') || UNACCEPTABLE.test(name) || Buffer.byteLength(name) > LONGEST)
    throw new ArtifactError(`"${name.slice(0, 100)}" cannot be the name of an artifact`);
  return `${name.replace(REPLACED, '_')}.xml`;
};
