import { z } from 'zod';
import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import type { LocalEntry } from '../synapse/local-entry.ts';
import type { GatewayCall } from './gateway-call.ts';

/** What an API's OpenAPI definition says of a resource; gateways look into it when a JWT is shown (wire.md 1.4, 3.2). */
export type DefinedResource = {
  readonly info: UriTemplateInfo;
  /** One of which a token needs. */
  readonly scopes: readonly string[];
  /** That these scopes are bound to. */
  readonly roles: readonly string[];
};

export type OpenApiDefinition = {
  resource(template: string, verb: string): DefinedResource | undefined;
};

const operation = z.object({
  'x-auth-type': z.string().optional(),
  'x-throttling-tier': z.string().optional(),
  'x-scope': z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});

/** Scopes with their roles, separated by commas, where OpenAPI 3 and Swagger 2 have the flow of their scheme. */
const bindings = z.record(z.string(), z.string()).optional();
const flow = z.object({ 'x-scopes-bindings': bindings }).optional();
const definition = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z
    .object({
      securitySchemes: z
        .object({ default: z.object({ flows: z.object({ implicit: flow }).optional() }).optional() })
        .optional(),
    })
    .optional()
    // Another form of a scheme is no reason to know nothing of the API.
    .catch(undefined),
  securityDefinitions: z.object({ default: flow }).optional().catch(undefined),
});

type Definition = z.infer<typeof definition>;
type Bindings = Readonly<Record<string, string>>;

/** Authentication types by their names in a definition, where they are spelled out. */
const AUTH_TYPES: Readonly<Record<string, string>> = {
  'Application & Application User': 'Any',
  'Application User': 'Application_User',
};

/** `Any`, `Application`, `Application_User` or `None`, whichever way it is written. */
export const authTypeOf = (written: string): string => AUTH_TYPES[written] ?? written;

/**
 * What the definition of a call's API says of its resource; undefined where the gateway has no definition of it. One that lags
 * behind the API's file asks for nothing but credentials.
 */
export const definedResource = (
  { definitionOf }: { readonly definitionOf: (uuid: string) => OpenApiDefinition | undefined },
  { api, resource, verb }: Pick<GatewayCall, 'api' | 'resource' | 'verb'>,
): DefinedResource | undefined => {
  const definition = api.uuid === undefined ? undefined : definitionOf(api.uuid);
  return definition && (definition.resource(resource.template, verb) ?? resourceOf(resource.template, verb, {}));
};

/** The definition in a local entry; undefined where it is none in JSON. */
export const readDefinition = ({ value }: LocalEntry): OpenApiDefinition | undefined => {
  const read = definitionIn(value);
  if (!read) return undefined;
  const bound = bindingsOf(read);
  return {
    resource: (template, verb) => {
      const found = operation.safeParse(read.paths[template]?.[verb.toLowerCase()]);
      return found.success ? resourceOf(template, verb, found.data, bound) : undefined;
    },
  };
};

const definitionIn = (text: string): Definition | undefined => {
  try {
    return definition.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const bindingsOf = ({ components, securityDefinitions }: Definition): Bindings =>
  components?.securitySchemes?.default?.flows?.implicit?.['x-scopes-bindings'] ??
  securityDefinitions?.default?.['x-scopes-bindings'] ??
  {};

const resourceOf = (
  template: string,
  verb: string,
  found: z.infer<typeof operation>,
  bound: Bindings = {},
): DefinedResource => {
  const scopes = [
    ...listed(found['x-scope'] ?? ''),
    ...(found.security ?? []).flatMap((scheme) => Object.values(scheme).flat()),
  ];
  return {
    info: {
      httpVerb: verb,
      authType: authTypeOf(found['x-auth-type'] ?? 'Any'),
      uriTemplate: template,
      throttlingTier: found['x-throttling-tier'] || 'Unlimited',
      throttlingConditions: ['_default'],
      applicableLevel: 'apiLevel',
    },
    scopes,
    roles: scopes.flatMap((scope) => listed(Object.hasOwn(bound, scope) ? (bound[scope] ?? '') : '')),
  };
};

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
