import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../carbon/web.ts';
import { FAULTS, type Fault, faultAnswer, faultFormat } from '../gateway/fault.ts';
import type { ApiArtifact } from '../synapse/api-artifact.ts';
import { type CorsPolicy, corsHeaders } from './cors.ts';
import type { GatewayCall } from './gateway-call.ts';
import { MEDIATION_FAULTS, unsupportedTransport } from './mediation-faults.ts';
import { findResource, type RoutedApi } from './routing.ts';

/** A request before its API is known. */
export type Arrival = Pick<GatewayCall, 'headers' | 'rawHeaders' | 'query' | 'clientIp' | 'activityId'> & {
  readonly method: string;
  /** Not decoded. */
  readonly path: string;
  readonly secure: boolean;
};

export type Resolved =
  | {
      readonly kind: 'call';
      readonly call: GatewayCall;
      /** Path below the API's context. */
      readonly rest: string;
      /** For the answer, where the back end sets none. */
      readonly cors: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'answer'; readonly answer: Answer };

/**
 * Finds API and resource of a request, or the answer to one that has none, before anybody is asked for credentials: CORS comes
 * first in the product (wire.md 3.1, 3.5, 3.6).
 */
export const resolveCall = (
  route: (path: string) => RoutedApi | undefined,
  corsOf: (api: ApiArtifact) => CorsPolicy | undefined,
  arrival: Arrival,
): Resolved => {
  const { method, query, headers, secure } = arrival;
  const refuse = (fault: Fault, cors: Readonly<Record<string, string>> = {}): Resolved => {
    const answer = faultAnswer(fault, faultFormat(method, headers));
    return { kind: 'answer', answer: { ...answer, headers: { ...cors, ...answer.headers } } };
  };

  const entered = route(arrival.path);
  const version = entered && versionBehind(entered, query);
  const routed = version === undefined ? entered : route(version);
  if (!entered || !routed) return refuse(FAULTS.noSuchApi);
  const transport = secure ? 'https' : 'http';
  if (!routed.api.transports.includes(transport)) return refuse(unsupportedTransport(transport));

  const { api, rest } = routed;
  const policy = corsOf(api);
  const asksAhead = policy !== undefined && method === 'OPTIONS';
  const found = findResource(api, rest, query, asksAhead ? requestedMethod(headers) : method);
  const corsFor = (verbs: readonly string[]) => (policy ? corsHeaders(policy, headers.origin, verbs) : {});
  if (found.kind === 'none') return refuse(MEDIATION_FAULTS.noSuchResource, corsFor([]));
  if (found.kind === 'wrong-verb') return refuse(FAULTS.wrongMethod, corsFor(found.verbs));

  const { resource } = found;
  const cors = corsFor(resource.methods);
  if (asksAhead && !resource.methods.includes('OPTIONS'))
    return { kind: 'answer', answer: { status: 200, headers: cors } };
  const { rawHeaders, clientIp, activityId } = arrival;
  const defaultVersion = version !== undefined;
  return {
    kind: 'call',
    call: { api, resource, verb: method, query, headers, rawHeaders, defaultVersion, clientIp, activityId },
    rest,
    cors,
  };
};

/** The path that a default version stands for; undefined for any other API. */
const versionBehind = ({ api, rest }: RoutedApi, query: string): string | undefined => {
  for (const { route, matches } of api.resources)
    if (route.kind === 'version' && matches(rest, query)) return route.context + (rest === '/' ? '' : rest);
  return undefined;
};

const requestedMethod = (headers: IncomingHttpHeaders): string => {
  const method = headers['access-control-request-method'];
  return typeof method === 'string' ? method : '';
};
