import { ArtifactError } from './artifact-error.ts';
import { childNamed, parseElement, type XmlElement } from './xml-element.ts';

/** A synapse endpoint. Groups and addresses with variables are not simulated: `target` is undefined for them. */
export type EndpointArtifact = {
  readonly name: string;
  /** Base URL without a slash at its end; what follows the API's context is appended. */
  readonly target: URL | undefined;
  /** Milliseconds until the answer must have begun. */
  readonly timeout: number;
  readonly suspension: Suspension;
};

/** When a failing endpoint is left alone, and for how long. Durations in milliseconds. */
export type Suspension = {
  /** Error codes that suspend at once; undefined: all but the time-out. */
  readonly errorCodes: readonly number[] | undefined;
  readonly initialDuration: number;
  readonly progressionFactor: number;
  readonly maximumDuration: number;
  /** Codes that suspend after some retries; undefined: the time-out. */
  readonly markingCodes: readonly number[] | undefined;
  readonly retriesBeforeSuspension: number;
};

/** `synapse.global_timeout_interval` of the product's synapse.properties, for endpoints that set no time-out. */
const DEFAULT_TIMEOUT = 120_000;

/** First suspension, and the bound where a file sets none (wire.md 3.5; wso2-synapse 2.1.7, EndpointDefinition). */
const DEFAULT_SUSPENSION = { initialDuration: 30_000, maximumDuration: Number.MAX_SAFE_INTEGER, progressionFactor: 1 };

/** @throws ArtifactError */
export const readEndpoint = (text: string): EndpointArtifact => {
  const root = parseElement(text);
  if (root.name !== 'endpoint') throw new ArtifactError(`expected the element endpoint, found ${root.name}`);
  const endpoint = readEndpointElement(root);
  if (endpoint.name === '') throw new ArtifactError('an endpoint in a file of its own needs a name');
  return endpoint;
};

/** @throws ArtifactError for an address that is no URL of HTTP */
export const readEndpointElement = (root: XmlElement): EndpointArtifact => {
  const settings = childNamed(root, 'http') ?? childNamed(root, 'address');
  const address = settings?.attributes['uri-template'] ?? settings?.attributes.uri;
  return {
    name: root.attributes.name ?? '',
    target: address === undefined ? undefined : targetOf(address),
    timeout: numberIn(childNamed(settings, 'timeout'), 'duration') ?? DEFAULT_TIMEOUT,
    suspension: suspensionOf(settings),
  };
};

const targetOf = (address: string): URL | undefined => {
  // A template of variables, which only a mediator could fill.
  if (address.includes('{')) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ArtifactError(`the endpoint's address is no URL of HTTP: ${address}`);
  return url;
};

const suspensionOf = (settings: XmlElement | undefined): Suspension => {
  const failure = childNamed(settings, 'suspendOnFailure');
  const marking = childNamed(settings, 'markForSuspension');
  return {
    errorCodes: codesIn(failure),
    initialDuration: numberIn(failure, 'initialDuration') ?? DEFAULT_SUSPENSION.initialDuration,
    progressionFactor: numberIn(failure, 'progressionFactor') ?? DEFAULT_SUSPENSION.progressionFactor,
    maximumDuration: numberIn(failure, 'maximumDuration') ?? DEFAULT_SUSPENSION.maximumDuration,
    markingCodes: codesIn(marking),
    retriesBeforeSuspension: numberIn(marking, 'retriesBeforeSuspension') ?? 0,
  };
};

const numberIn = (element: XmlElement | undefined, name: string): number | undefined => {
  const text = childNamed(element, name)?.text.trim() ?? '';
  const value = Number(text);
  return text === '' || !Number.isFinite(value) || value < 0 ? undefined : value;
};

/** `-1` is the documented way to say "never": a code no failure has. */
const codesIn = (element: XmlElement | undefined): readonly number[] | undefined => {
  const text = childNamed(element, 'errorCodes')?.text.trim() ?? '';
  return text === '' ? undefined : text.split(/[\s,]+/).map(Number);
};
