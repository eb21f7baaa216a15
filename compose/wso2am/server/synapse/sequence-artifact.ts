import { ArtifactError } from './artifact-error.ts';
import { findElement, parseElement } from './xml-element.ts';

/** A mediation sequence. The simulator keeps it, and does not run it, but for the address that one of a WebSocket API sends to. */
export type SequenceArtifact = {
  readonly name: string;
  /** Of the first endpoint in it. */
  readonly address: string | undefined;
};

/** @throws ArtifactError */
export const readSequence = (text: string): SequenceArtifact => {
  const root = parseElement(text);
  const { name: element, attributes } = root;
  if (element !== 'sequence') throw new ArtifactError(`expected the element sequence, found ${element}`);
  if (!attributes.name) throw new ArtifactError('a sequence in a file of its own needs a name');
  return { name: attributes.name, address: findElement(root, 'address')?.attributes.uri };
};
