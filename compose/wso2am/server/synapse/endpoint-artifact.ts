import { ArtifactError } from './artifact-error.ts';
import { childNamed, childrenNamed, parseElement, type XmlElement } from './xml-element.ts';

/**
 * A synapse endpoint: a target or a group. One that has neither is of a kind that is not simulated: with variables in its address,
 * with sessions, with another algorithm than taking turns.
 */
export type EndpointArtifact = {
  readonly name: string;
  /** Base URL; what follows the API's context is appended to its path. */
  readonly target: URL | undefined;
  readonly group: EndpointGroup | undefined;
  /** Milliseconds until the answer must have begun. */
  readonly timeout: number;
  readonly suspension: Suspension;
};

/** Endpoints that stand in for each other. */
export type EndpointGroup = {
  /** `loadbalance` takes them in turns; `failover` takes the first that is ready. */
  readonly kind: 'loadbalance' | 'failover';
  readonly members: readonly EndpointArtifact[];
  /** Whether a call that failed at one goes on to the next. */
  readonly goesOn: boolean;
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
  /** How long it rests before each of these retries. */
  readonly retryDelay: number;
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
    group: groupOf(root),
    timeout: numberIn(childNamed(settings, 'timeout'), 'duration') ?? DEFAULT_TIMEOUT,
    suspension: suspensionOf(settings),
  };
};

/** What a group without an algorithm uses, and the only one here. */
const ROUND_ROBIN = 'org.apache.synapse.endpoints.algorithms.RoundRobin';

const groupOf = (root: XmlElement): EndpointGroup | undefined => {
  const balance = childNamed(root, 'loadbalance');
  const group = balance ?? childNamed(root, 'failover');
  if (!group || childNamed(root, 'session') || (group.attributes.algorithm ?? ROUND_ROBIN) !== ROUND_ROBIN)
    return undefined;
  const members = childrenNamed(group, 'endpoint').map(readEndpointElement);
  const known = members.length > 0 && members.every(({ target }) => target !== undefined);
  if (!known) return undefined;
  return {
    kind: balance ? 'loadbalance' : 'failover',
    members,
    goesOn: group.attributes.failover !== 'false',
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
    retryDelay: numberIn(marking, 'retryDelay') ?? 0,
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
