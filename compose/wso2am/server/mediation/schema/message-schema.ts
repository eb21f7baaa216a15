/** A definition as it was parsed. */
export type Definition = Readonly<Record<string, unknown>>;

/** References followed one after the other; more are a circle. */
const LONGEST_CHAIN = 10;

/** Media types whose schema is meant for JSON; a definition need not be exact. */
const JSON_TYPE = /^(?:application\/json\b|\*\/\*$)/i;

/** The schema that a definition has for the body of a request; undefined where it says nothing of one. */
export const requestSchema = (definition: Definition, template: string, verb: string): object | undefined => {
  const operation = operationAt(definition, template, verb);
  const body = schemaOfContent(definition, step(definition, operation, 'requestBody'));
  if (body) return body;
  const parameters = step(definition, operation, 'parameters');
  const parameter = (Array.isArray(parameters) ? parameters : [])
    .map((each: unknown) => resolved(definition, each))
    .find((each) => step(definition, each, 'in') === 'body');
  return objectOf(step(definition, parameter, 'schema'));
};

/** The schema that a definition has for an answer of a status, or for those it does not name. */
export const answerSchema = (
  definition: Definition,
  template: string,
  verb: string,
  status: number,
): object | undefined => {
  const responses = step(definition, operationAt(definition, template, verb), 'responses');
  const response = step(definition, responses, String(status)) ?? step(definition, responses, 'default');
  return schemaOfContent(definition, response) ?? objectOf(step(definition, response, 'schema'));
};

const operationAt = (definition: Definition, template: string, verb: string): unknown =>
  step(definition, step(definition, definition.paths, template), verb.toLowerCase());

const schemaOfContent = (definition: Definition, message: unknown): object | undefined => {
  const content = objectOf(step(definition, message, 'content')) ?? {};
  const type = Object.keys(content).find((name) => JSON_TYPE.test(name));
  return type === undefined ? undefined : objectOf(step(definition, step(definition, content, type), 'schema'));
};

/** One step into a value, through a reference if the value is one. */
const step = (definition: Definition, value: unknown, name: string): unknown => {
  const object = objectOf(resolved(definition, value));
  return object && Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
};

const resolved = (definition: Definition, value: unknown): unknown => {
  let found = value;
  for (let length = 0; length < LONGEST_CHAIN; length += 1) {
    const reference: unknown = Reflect.get(objectOf(found) ?? {}, '$ref');
    if (typeof reference !== 'string') return found;
    found = referred(definition, reference);
  }
  return undefined;
};

/** What a reference within the definition leads to: `#/components/requestBodies/Order`. */
const referred = (definition: Definition, reference: string): unknown => {
  if (!reference.startsWith('#/')) return undefined;
  let found: unknown = definition;
  for (const part of reference.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const object = objectOf(found);
    found = object && Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
  }
  return found;
};

const objectOf = (value: unknown): object | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;
