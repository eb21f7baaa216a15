import { type EndpointArtifact, readEndpointElement } from './endpoint-artifact.ts';
import { findElement, type XmlElement } from './xml-element.ts';

/**
 * Where a resource's `inSequence` sends a call. Of the mediation language the simulator reads what the product's own API
 * template writes; other mediators are passed over.
 */
export type Route =
  /** By the kind of key the caller has; a kind without an endpoint is refused. */
  | {
      readonly kind: 'endpoints';
      readonly production: EndpointUse | undefined;
      readonly sandbox: EndpointUse | undefined;
    }
  /** A default version: the same request again, below the context of a version (wire.md 3.1). */
  | { readonly kind: 'version'; readonly context: string }
  /** An API whose lifecycle state is BLOCKED: its sequence sets the error code 700700 (wire.md 3.5). */
  | { readonly kind: 'blocked' }
  /** A sequence without a way to a back end. */
  | { readonly kind: 'none' };

/** An endpoint by the name of its artifact, or written in place. */
export type EndpointUse =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'inline'; readonly endpoint: EndpointArtifact };

const DEFAULT_VERSION_HEADER = 'WSO2_AM_API_DEFAULT_VERSION';

const BLOCKED = '700700';

export const readRoute = (sequence: XmlElement | undefined): Route => {
  const context = versionContext(sequence);
  if (context !== undefined) return { kind: 'version', context };

  if (setsBlockedCode(sequence)) return { kind: 'blocked' };
  const choice = keyTypeFilter(sequence);
  const production = endpointIn(choice ? childOf(choice, 'then') : sequence);
  const sandbox = choice ? endpointIn(childOf(choice, 'else')) : production;
  return choice || production ? { kind: 'endpoints', production, sandbox } : { kind: 'none' };
};

/** The path that the product's default-version template calls on the gateway itself: `http://localhost:{port}/context`. */
const versionContext = (sequence: XmlElement | undefined): string | undefined => {
  const setsHeader = (element: XmlElement | undefined): boolean =>
    element?.children.some(
      (child) => (child.name === 'header' && child.attributes.name === DEFAULT_VERSION_HEADER) || setsHeader(child),
    ) ?? false;
  if (!setsHeader(sequence)) return undefined;
  const template = findElement(sequence, 'http')?.attributes['uri-template'] ?? '';
  return /^https?:\/\/[^/]+(\/[^?#]*)/.exec(template)?.[1]?.replace(/\/+$/, '');
};

const setsBlockedCode = (element: XmlElement | undefined): boolean =>
  element?.children.some(
    (child) =>
      (child.name === 'property' && child.attributes.name === 'ERROR_CODE' && child.attributes.value === BLOCKED) ||
      setsBlockedCode(child),
  ) ?? false;

/** `<filter source="$ctx:AM_KEY_TYPE" regex="PRODUCTION">`: production keys to `then`, others to `else`. */
const keyTypeFilter = (sequence: XmlElement | undefined): XmlElement | undefined => {
  for (const child of sequence?.children ?? []) {
    const { source = '', regex } = child.attributes;
    if (child.name === 'filter' && source.includes('AM_KEY_TYPE') && regex === 'PRODUCTION') return child;
    const inner = keyTypeFilter(child);
    if (inner) return inner;
  }
  return undefined;
};

const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

const endpointIn = (sequence: XmlElement | undefined): EndpointUse | undefined => {
  const element = findElement(sequence, 'endpoint');
  if (!element) return undefined;
  const { key } = element.attributes;
  return key === undefined ? { kind: 'inline', endpoint: readEndpointElement(element) } : { kind: 'named', name: key };
};
