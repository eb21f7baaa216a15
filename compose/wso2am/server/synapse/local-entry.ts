import { escapeXml } from '../carbon/soap/envelope.ts';
import { ArtifactError } from './artifact-error.ts';
import { parseElement } from './xml-element.ts';

/** A text that the gateway keeps under a key: of an API the OpenAPI definition under its UUID (wire.md 6.1). */
export type LocalEntry = { readonly name: string; readonly value: string };

/** @throws ArtifactError */
export const readLocalEntry = (text: string): LocalEntry => {
  const root = parseElement(text);
  const { key } = root.attributes;
  if (root.name !== 'localEntry') throw new ArtifactError(`expected the element localEntry, found ${root.name}`);
  if (!key) throw new ArtifactError('a local entry needs a key');
  return { name: key, value: root.text };
};

export const writeLocalEntry = ({ name, value }: LocalEntry): string =>
  `<localEntry xmlns="http://ws.apache.org/ns/synapse" key="${escapeXml(name)}">${escapeXml(value)}</localEntry>\n`;
