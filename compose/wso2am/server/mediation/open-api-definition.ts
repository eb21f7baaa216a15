import { z } from 'zod';
import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import type { LocalEntry } from '../synapse/local-entry.ts';
import type { GatewayCall } from './gateway-call.ts';

/** What an API's OpenAPI definition says of a resource; gateways look into it when a JWT is shown (wire.md 1.4, 3.2). */
export type DefinedResource = { readonly info: UriTemplateInfo; readonly scopes: readonly string[] };

export type OpenApiDefinition = {
  resource(template: string, verb: string): DefinedResource | undefined;
};

const operation = z.object({
  'x-auth-type': z.string().optional(),
  'x-throttling-tier': z.string().optional(),
  'x-scope': z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});

const definition = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

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
  const paths = pathsIn(value);
  return (
    paths && {
      resource: (template, verb) => {
        const found = operation.safeParse(paths[template]?.[verb.toLowerCase()]);
        return found.success ? resourceOf(template, verb, found.data) : undefined;
      },
    }
  );
};

const pathsIn = (text: string): z.infer<typeof definition>['paths'] | undefined => {
  try {
    return definition.safeParse(JSON.parse(text)).data?.paths;
  } catch {
    return undefined;
  }
};

const resourceOf = (template: string, verb: string, found: z.infer<typeof operation>): DefinedResource => ({
  info: {
    httpVerb: verb,
    authType: authTypeOf(found['x-auth-type'] ?? 'Any'),
    uriTemplate: template,
    throttlingTier: found['x-throttling-tier'] || 'Unlimited',
    throttlingConditions: ['_default'],
    applicableLevel: 'apiLevel',
  },
  scopes: [
    ...(found['x-scope'] === undefined ? [] : found['x-scope'].split(',').map((scope) => scope.trim())),
    ...(found.security ?? []).flatMap((scheme) => Object.values(scheme).flat()),
  ],
});
