import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Text that is no XML, or XML that is refused; answered as the client's fault. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}

/** An element without namespaces and attributes: text, or children by local name; a repeated child is a list. */
export type XmlValue = string | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  trimValues: false,
  // A token "0012" must not become 12.
  parseTagValue: false,
  // Without it numeric character references stay as they are.
  htmlEntities: true,
});

/**
 * Parses XML of a stranger. A document type is refused as Axis2 does: with it go entities of the sender's own, external
 * ones, and bombs made of them. Nesting and reserved names are bounded by the parser.
 * @throws MalformedXml
 */
export const parseXml = (text: string): XmlValue => {
  if (/<!DOCTYPE/i.test(text)) throw new MalformedXml('a document type declaration is not allowed');
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw new MalformedXml(`${validity.err.msg} (line ${validity.err.line})`);
  try {
    const parsed: XmlValue = parser.parse(text);
    return parsed;
  } catch (cause) {
    throw new MalformedXml(cause instanceof Error ? cause.message : String(cause));
  }
};

/** The child of this name; undefined when there is none, or more than one. */
export const childOf = (parent: XmlValue | undefined, name: string): XmlValue | undefined => {
  if (parent === undefined || typeof parent === 'string' || isList(parent) || !Object.hasOwn(parent, name))
    return undefined;
  const child = parent[name];
  return isList(child) ? undefined : child;
};

/** All children of this name, in order. */
export const childrenOf = (parent: XmlValue | undefined, name: string): readonly XmlValue[] => {
  if (parent === undefined || typeof parent === 'string' || isList(parent) || !Object.hasOwn(parent, name)) return [];
  const child = parent[name];
  return child === undefined ? [] : isList(child) ? child : [child];
};

/** Names of the children, in the order in which each first appears. */
export const childNames = (parent: XmlValue | undefined): readonly string[] =>
  parent === undefined || typeof parent === 'string' || isList(parent)
    ? []
    : Object.keys(parent).filter((name) => name !== '#text');

const isList = (value: XmlValue | undefined): value is readonly XmlValue[] => Array.isArray(value);
