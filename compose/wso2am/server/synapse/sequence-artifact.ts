import { ArtifactError } from './artifact-error.ts';
import { parseElement } from './xml-element.ts';

/** A mediation sequence. The simulator keeps it, and does not run it. */
export type SequenceArtifact = { readonly name: string };

/** @throws ArtifactError */
export const readSequence = (text: string): SequenceArtifact => {
  const { name: element, attributes } = parseElement(text);
  if (element !== 'sequence') throw new ArtifactError(`expected the element sequence, found ${element}`);
  if (!attributes.name) throw new ArtifactError('a sequence in a file of its own needs a name');
  return { name: attributes.name };
};
