import { ArtifactError } from './artifact-error.ts';
import { type Route, readRoute } from './route.ts';
import { compileUriTemplate, compileUrlMapping, type PathMatcher } from './uri-template.ts';
import { childNamed, childrenNamed, parseElement, type XmlElement } from './xml-element.ts';

/** A synapse API as its file describes it (wire.md 6.2). */
export type ApiArtifact = {
  /** `admin--PizzaShackAPI:v1.0.0`; of a default version `admin--PizzaShackAPI`. */
  readonly name: string;
  /** Begins with a slash and has none at its end; holds the version already. */
  readonly context: string;
  readonly version: string | undefined;
  /** Transports it answers on. */
  readonly transports: readonly Transport[];
  readonly resources: readonly Resource[];
  readonly handlers: readonly Handler[];
  /** Key of the local entry with the API's OpenAPI definition, where a handler names it. */
  readonly uuid: string | undefined;
};

export type Transport = 'http' | 'https';

export type Resource = {
  readonly methods: readonly string[];
  /** As written; the resource's name towards the Key Manager. */
  readonly template: string;
  readonly matches: PathMatcher;
  readonly route: Route;
};

export type Handler = {
  /** Last part of the class name: `APIAuthenticationHandler`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
};

/** Names a handler may give the API's UUID (carbon-apimgt 6.5.349 and 6.6.163, velocity template of an API). */
const UUID_PROPERTIES = ['apiUUID', 'apiId'];

/** @throws ArtifactError */
export const readApi = (text: string): ApiArtifact => {
  const root = parseElement(text);
  if (root.name !== 'api') throw new ArtifactError(`expected the element api, found ${root.name}`);
  const { name = '', context = '', version, transports = '' } = root.attributes;
  if (name === '') throw new ArtifactError("Attribute 'name' is required for an API definition");
  if (!context.startsWith('/'))
    throw new ArtifactError("API context must begin with '/' character: " + (context || 'it is missing'));
  const handlers = childrenNamed(childNamed(root, 'handlers'), 'handler').map(readHandler);
  return {
    name,
    context: contextOf(context, version),
    version,
    transports: transportsOf(transports),
    resources: childrenNamed(root, 'resource').map(readResource),
    handlers,
    uuid: handlers.flatMap(({ properties }) => UUID_PROPERTIES.flatMap((key) => properties[key] ?? []))[0],
  };
};

export const handlerOf = (api: ApiArtifact, name: string): Handler | undefined =>
  api.handlers.find((handler) => handler.name === name);

/** A context template of the product may still hold its placeholder. */
const contextOf = (context: string, version: string | undefined): string => {
  const filled = version === undefined ? context : context.replaceAll('{version}', version);
  return filled.replace(/\/+$/, '') || '/';
};

const transportsOf = (written: string): readonly Transport[] => {
  const named = written.split(/[\s,]+/);
  const known = (['http', 'https'] as const).filter((transport) => named.includes(transport));
  return known.length === 0 ? ['http', 'https'] : known;
};

const readHandler = (element: XmlElement): Handler => ({
  name: element.attributes.class?.split('.').at(-1) ?? '',
  properties: Object.fromEntries(
    childrenNamed(element, 'property').flatMap(({ attributes: { name, value } }) =>
      name === undefined || value === undefined ? [] : [[name, value]],
    ),
  ),
});

/** What a resource without `methods` takes. */
const EVERY_METHOD = 'GET POST PUT DELETE PATCH OPTIONS HEAD';

const readResource = (element: XmlElement): Resource => {
  const { methods = EVERY_METHOD, 'uri-template': uriTemplate, 'url-mapping': urlMapping } = element.attributes;
  const template = uriTemplate ?? urlMapping ?? '/*';
  return {
    methods: methods.split(/[\s,]+/).filter((method) => method !== ''),
    template,
    matches: uriTemplate === undefined ? compileUrlMapping(template) : compileUriTemplate(template),
    route: readRoute(childNamed(element, 'inSequence')),
  };
};
