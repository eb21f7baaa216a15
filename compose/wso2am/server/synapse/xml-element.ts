import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { escapeXml } from '../carbon/soap/envelope.ts';
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

/** Text of an element in this namespace. Where text stands among children it comes first. */
export const writeElement = ({ name, attributes, children, text }: XmlElement, namespace?: string): string => {
  const written = Object.entries(attributes)
    .filter(([attribute]) => !attribute.startsWith('xmlns'))
    .map(([attribute, value]) => ` ${attribute}="${escapeXml(value)}"`);
  const xmlns = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`;
  const content = escapeXml(text.trim()) + children.map((child) => writeElement(child)).join('');
  return `<${name}${xmlns}${written.join('')}>${content}</${name}>`;
};
