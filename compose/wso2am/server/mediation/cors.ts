import type { Configuration } from '../config/configuration.ts';
import { type ApiArtifact, handlerOf } from '../synapse/api-artifact.ts';
import { fitsWildcard } from './wildcard.ts';

/** `[apim.cors]`, or what an API says instead (wire.md 3.6). */
export type CorsPolicy = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: string;
  readonly credentials: boolean;
};

/** @throws ConfigurationError */
export const corsPolicy = (configuration: Configuration): CorsPolicy => ({
  origins: listed(configuration.list('apim.cors.allow_origins').join(',')),
  methods: listed(configuration.list('apim.cors.allow_methods').join(',')),
  headers: configuration.list('apim.cors.allow_headers').join(','),
  credentials: configuration.flag('apim.cors.allow_credentials'),
});

/** The policy of one API; undefined where its file has no handler for it. */
export const corsOfApi = (api: ApiArtifact, general: CorsPolicy): CorsPolicy | undefined => {
  const own = handlerOf(api, 'CORSRequestHandler')?.properties;
  if (!own) return undefined;
  return {
    origins: own.allowedOrigins === undefined ? general.origins : listed(own.allowedOrigins),
    methods: own.allowedMethods === undefined ? general.methods : listed(own.allowedMethods),
    headers: own.allowHeaders ?? general.headers,
    credentials: own.allowCredentials === undefined ? general.credentials : own.allowCredentials === 'true',
  };
};

/**
 * Headers for an answer; those that a back end sets itself win over them.
 * @param verbs of the resource
 */
export const corsHeaders = (
  policy: CorsPolicy,
  origin: string | undefined,
  verbs: readonly string[],
): Readonly<Record<string, string>> => {
  const allowed = allowedOrigin(policy.origins, origin);
  // The same for every origin, of which there are any number; that of a list is written anew.
  return allowed === '*' ? forEveryOrigin(policy, verbs) : headersFor(policy, allowed, verbs);
};

/** By the verbs of a resource, which are one list for as long as its API's file stays. */
const known = new WeakMap<CorsPolicy, WeakMap<readonly string[], Readonly<Record<string, string>>>>();

const forEveryOrigin = (policy: CorsPolicy, verbs: readonly string[]): Readonly<Record<string, string>> => {
  const remembered = known.get(policy)?.get(verbs);
  if (remembered) return remembered;
  const headers = headersFor(policy, '*', verbs);
  known.set(policy, (known.get(policy) ?? new WeakMap()).set(verbs, headers));
  return headers;
};

const headersFor = (
  policy: CorsPolicy,
  allowed: string | undefined,
  verbs: readonly string[],
): Readonly<Record<string, string>> => {
  const methods = policy.methods.filter((method) => verbs.includes(method));
  return {
    ...(allowed !== undefined && { 'Access-Control-Allow-Origin': allowed }),
    ...(methods.length > 0 && { 'Access-Control-Allow-Methods': methods.join(',') }),
    'Access-Control-Allow-Headers': policy.headers,
    // A browser refuses credentials together with `*`.
    ...(policy.credentials &&
      allowed !== undefined &&
      allowed !== '*' && { 'Access-Control-Allow-Credentials': 'true' }),
  };
};

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** The caller's origin where the list has it, a `*` inside an entry standing for any text; `*` where that is an entry. */
const allowedOrigin = (origins: readonly string[], origin: string | undefined): string | undefined => {
  if (origins.includes('*')) return '*';
  if (origin === undefined) return undefined;
  return origins.some((entry) => fitsWildcard(entry, origin)) ? origin : undefined;
};
