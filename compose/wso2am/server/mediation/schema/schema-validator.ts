import { Ajv, type ErrorObject } from 'ajv';

/** Checks a value; findings in words, none where the value fits. */
export type Check = (value: unknown) => readonly string[];

/** Where definitions keep the schemas that others refer to: OpenAPI 3 and Swagger 2. */
const SHARED = ['components', 'definitions'] as const;

/**
 * Makes a schema of an OpenAPI definition into a check. What JSON Schema does not know, such as `example`, is passed over, and
 * so are formats. Load this only when an API asks for it: the library is larger than all else that a gateway needs.
 * @throws Error for what is no schema, or refers to what is not there
 */
export const compileSchema = (definition: Readonly<Record<string, unknown>>, schema: object): Check => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, validateFormats: false, logger: false });
  const shared = Object.fromEntries(SHARED.map((name) => [name, withNumericLimits(definition[name])]));
  const validate = ajv.compile({ ...Object(withNumericLimits(schema)), ...shared });
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(finding));
};

const finding = ({ instancePath, message }: ErrorObject): string => `#${instancePath}: ${message ?? 'is not valid'}`;

/** Definitions say of a limit that it is exclusive; JSON Schema has meanwhile a limit of its own for that. */
const withNumericLimits = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withNumericLimits);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [name, withNumericLimits(inner)]);
  return LIMITS.reduce(withNumericLimit, Object.fromEntries(entries));
};

const LIMITS = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const;

const withNumericLimit = (
  schema: Readonly<Record<string, unknown>>,
  [limit, exclusive]: (typeof LIMITS)[number],
): Readonly<Record<string, unknown>> => {
  const { [limit]: bound, [exclusive]: flag, ...others } = schema;
  if (typeof flag !== 'boolean') return schema;
  return typeof bound === 'number' ? { ...others, [flag ? exclusive : limit]: bound } : others;
};
