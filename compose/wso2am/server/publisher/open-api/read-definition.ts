import { z } from 'zod';
import { RestError } from '../../rest-api/rest-error.ts';
import { type AuthType, DEFAULT_AUTH_TYPE, type Operation, operation, UNLIMITED, VERBS } from '../model/operation.ts';
import { EXTENSIONS, type OpenApiDefinition, openApiDefinition, SECURITY } from './definition.ts';

/** A definition from a client, JSON or YAML. @throws RestError 400 */
export const readDefinitionText = async (text: string): Promise<OpenApiDefinition> => {
  const result = openApiDefinition.safeParse(await parse(text));
  if (result.success) return result.data;
  throw new RestError('badRequest', 'Error while parsing OpenAPI definition');
};

/** YAML's anchors are bounded by the parser, so a bomb of them ends as an error. */
const parse = async (text: string): Promise<unknown> => {
  try {
    return JSON.parse(text);
  } catch {
    const { parse: parseYaml } = await import('yaml');
    try {
      return parseYaml(text);
    } catch {
      return undefined;
    }
  }
};

/** What an operation of a definition may say about itself. */
const details = z.looseObject({
  [EXTENSIONS.authType]: z.string().optional().catch(undefined),
  [EXTENSIONS.throttlingPolicy]: z.string().optional().catch(undefined),
  [EXTENSIONS.scope]: z.string().optional().catch(undefined),
  security: z
    .array(z.record(z.string(), z.array(z.string())))
    .optional()
    .catch(undefined),
});

/**
 * The operations of a definition. What it does not say of one is taken from the API's present operation of that verb and
 * template, else it is the default.
 * @throws RestError 400 where there is none, or one that no API can have
 */
export const operationsIn = (
  { paths }: OpenApiDefinition,
  present: readonly Operation[],
  knownScopes: readonly string[],
): Operation[] => {
  const operations = Object.entries(paths).flatMap(([target, path]) =>
    VERBS.flatMap((verb) => {
      const said = details.safeParse(path[verb.toLowerCase()]);
      if (!said.success) return [];
      const before = present.find((each) => each.target === target && each.verb === verb);
      const scopes = scopesIn(said.data, knownScopes) ?? before?.scopes ?? [];
      const authType = said.data[EXTENSIONS.authType];
      const throttlingPolicy = said.data[EXTENSIONS.throttlingPolicy] ?? before?.throttlingPolicy ?? UNLIMITED;
      return [{ id: '', target, verb, authType: authTypeOf(authType) ?? before?.authType, throttlingPolicy, scopes }];
    }),
  );
  if (operations.length === 0) throw new RestError('badRequest', 'No resources found in the OpenAPI definition');
  const result = z.array(operation).safeParse(operations);
  if (result.success) return result.data;
  throw new RestError('badRequest', 'Error while parsing OpenAPI definition');
};

/** Scopes that the API has; a definition may ask for others that only its author knows. */
const scopesIn = (said: z.infer<typeof details>, known: readonly string[]): string[] | undefined => {
  const asked = said.security?.flatMap((each) => each[SECURITY] ?? []) ?? said[EXTENSIONS.scope]?.split(',');
  return asked?.map((scope) => scope.trim()).filter((scope) => known.includes(scope));
};

/** Older definitions write `Any` and `Application User` with underscores. */
const authTypeOf = (written: string | undefined): AuthType | undefined => {
  switch (written?.replaceAll('_', ' ')) {
    case 'Application':
      return 'Application';
    case 'Application User':
      return 'Application User';
    case 'None':
      return 'None';
    case 'Any':
    case DEFAULT_AUTH_TYPE:
      return DEFAULT_AUTH_TYPE;
    default:
      return undefined;
  }
};
