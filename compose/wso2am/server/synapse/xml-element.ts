import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { ArtifactError } from './artifact-error.ts';

/** An element with what the synapse readers ask for: local names, attributes, children in their order. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, CDATA included. */
  readonly text: string;
};

const ATTRIBUTES = ':@';
const TEXT = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  // A version "1.10" must not become 1.1.
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

const nodes = z.array(z.record(z.string(), z.unknown()));
const attributesSchema = z.record(z.string(), z.string()).catch({});

/**
 * The root element of an artifact's text. A document type is refused: with it go entities of the writer's own, and bombs
 * made of them.
 * @throws ArtifactError
 */
export const parseElement = (text: string): XmlElement => {
  if (/<!DOCTYPE/i.test(text)) throw new ArtifactError('a document type declaration is not allowed');
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw new ArtifactError(`${validity.err.msg} (line ${validity.err.line})`);
  const [root] = elementsOf(parse(text));
  if (!root) throw new ArtifactError('there is no element');
  return root;
};

const parse = (text: string): unknown => {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw new ArtifactError(cause instanceof Error ? cause.message : String(cause));
  }
};

const elementsOf = (value: unknown): readonly XmlElement[] =>
  nodes.parse(value).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (name === undefined || name === TEXT || name.startsWith('?')) return [];
    const content = node[name];
    return [
      {
        name,
        attributes: attributesSchema.parse(node[ATTRIBUTES]),
        children: elementsOf(content),
        text: textOf(content),
      },
    ];
  });

const textOf = (content: unknown): string =>
  nodes
    .parse(content)
    .map((node) => (typeof node[TEXT] === 'string' ? node[TEXT] : ''))
    .join('');

export const childrenNamed = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

export const childNamed = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

/** The first element of this name below, in document order. */
export const findElement = (element: XmlElement | undefined, name: string): XmlElement | undefined => {
  for (const child of element?.children ?? []) {
    const found = child.name === name ? child : findElement(child, name);
    if (found) return found;
  }
  return undefined;
};
