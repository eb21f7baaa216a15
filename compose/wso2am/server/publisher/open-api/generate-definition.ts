import type { Api } from '../model/api.ts';
import type { Operation } from '../model/operation.ts';
import { EXTENSIONS, type OpenApiDefinition, type OpenApiVersion, SECURITY } from './definition.ts';

type Described = Pick<Api, 'name' | 'version' | 'operations' | 'scopes'>;

/** Where a scheme of OAuth 2 must name a page that the product does not have. */
const AUTHORIZATION_URL = 'https://test.com';

/** The definition of an API that was made without one. */
export const generateDefinition = (api: Described, version: OpenApiVersion): OpenApiDefinition =>
  describeOperations(
    {
      ...(version === 'V3' ? { openapi: '3.0.1', servers: [{ url: '/' }] } : { swagger: '2.0' }),
      info: { title: api.name, version: api.version },
      paths: {},
    },
    api,
  );

/**
 * The definition with exactly the operations of the API, and their security, policies and scopes as the product notes them.
 * What it says of an operation otherwise stays.
 */
export const describeOperations = (definition: OpenApiDefinition, api: Described): OpenApiDefinition => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of api.operations) {
    const { target, verb } = operation;
    const known = definition.paths[target] ?? {};
    const path = paths[target] ?? withoutVerbs(known);
    path[verb.toLowerCase()] = described(known[verb.toLowerCase()], operation, textParameter(definition));
    paths[target] = path;
  }
  return { ...definition, paths, ...securitySchemes(definition, api) };
};

const METHODS: readonly string[] = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'trace'];

const withoutVerbs = (path: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(path).filter(([name]) => !METHODS.includes(name)));

/** Says of a parameter that it is a text, in the words of the definition's version. */
const textParameter = ({ swagger }: OpenApiDefinition): object =>
  swagger === undefined ? { style: 'simple', explode: false, schema: { type: 'string' } } : { type: 'string' };

const described = (
  known: unknown,
  { target, authType, throttlingPolicy, scopes }: Operation,
  asText: object,
): object => {
  const parameters = Array.from(target.matchAll(/\{([^}]+)\}/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    ...asText,
  }));
  return {
    ...(isObject(known)
      ? known
      : { responses: { 200: { description: 'OK' } }, ...(parameters.length > 0 ? { parameters } : {}) }),
    security: [{ [SECURITY]: scopes }],
    [EXTENSIONS.authType]: authType,
    [EXTENSIONS.throttlingPolicy]: throttlingPolicy,
    ...(scopes[0] === undefined ? {} : { [EXTENSIONS.scope]: scopes[0] }),
  };
};

/** Scopes with their descriptions, and the roles they are bound to. */
const securitySchemes = (definition: OpenApiDefinition, { scopes }: Described): object => {
  const flow = {
    authorizationUrl: AUTHORIZATION_URL,
    scopes: Object.fromEntries(scopes.map(({ name, description }) => [name, description])),
    'x-scopes-bindings': Object.fromEntries(scopes.map(({ name, roles }) => [name, roles.join(',')])),
  };
  if (definition.swagger !== undefined) {
    const others = isObject(definition.securityDefinitions) ? definition.securityDefinitions : {};
    return { securityDefinitions: { ...others, [SECURITY]: { type: 'oauth2', flow: 'implicit', ...flow } } };
  }
  const components = isObject(definition.components) ? definition.components : {};
  const others =
    'securitySchemes' in components && isObject(components.securitySchemes) ? components.securitySchemes : {};
  return {
    components: {
      ...components,
      securitySchemes: { ...others, [SECURITY]: { type: 'oauth2', flows: { implicit: flow } } },
    },
  };
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
