import { z } from 'zod';
import { RestError } from '../../rest-api/rest-error.ts';
import type { OpenApiDefinition } from './definition.ts';
import { operationsIn, readDefinitionText } from './read-definition.ts';

/** Code of a definition that cannot be read (?). */
const PARSE_ERROR = '900750';

const servers = z.array(z.looseObject({ url: z.string() })).catch([]);

/** `OpenAPIDefinitionValidationResponse`: whether a text is a definition that an API can be made of, and what it says. */
export const validateDefinition = async (text: string, withContent: boolean): Promise<object> => {
  try {
    const definition = await readDefinitionText(text);
    operationsIn(definition, [], []);
    return { isValid: true, content: withContent ? text : null, info: infoOf(definition), errors: [] };
  } catch (cause) {
    if (!(cause instanceof RestError)) throw cause;
    const error = { code: PARSE_ERROR, message: cause.message, description: cause.message };
    return { isValid: false, content: null, info: null, errors: [error] };
  }
};

const infoOf = (definition: OpenApiDefinition): object => ({
  name: definition.info.title,
  version: definition.info.version,
  context: null,
  description: typeof definition.info.description === 'string' ? definition.info.description : null,
  openAPIVersion: definition.openapi ?? definition.swagger ?? null,
  endpoints: servers.parse(definition.servers).map(({ url }) => url),
});
