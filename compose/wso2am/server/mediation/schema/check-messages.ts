import type { IncomingMessage } from 'node:http';
import { PayloadTooLarge, readBody } from '../../carbon/read-body.ts';
import type { Fault } from '../../gateway/fault.ts';
import { handlerOf } from '../../synapse/api-artifact.ts';
import type { ArtifactStore } from '../../synapse/artifact-store.ts';
import type { LocalEntry } from '../../synapse/local-entry.ts';
import type { GatewayCall } from '../gateway-call.ts';
import { notSimulatedFault } from '../not-simulated-fault.ts';
import { perApi } from '../per-api.ts';
import { answerSchema, type Definition, requestSchema } from './message-schema.ts';
import type { Check } from './schema-validator.ts';

export type CheckingParts = {
  readonly artifacts: Pick<ArtifactStore, 'localEntries'>;
  readonly onNotSimulated: (what: string) => void;
};

/** What is left to do once the request was found good. */
export type CheckedMessages = {
  /** Of the request, where it had to be read; else it is still to be streamed. */
  readonly body: Buffer | undefined;
  /** Resolves to the fault for an answer in JSON that breaks its schema. */
  checkAnswer(status: number, body: Buffer): Promise<Fault | undefined>;
};

/** Bytes of a body in JSON that is checked: a gateway holds it in memory meanwhile. */
export const LARGEST_CHECKED = 4 * 1024 * 1024;

/** Whether messages of an API are to be checked (carbon-apimgt 6.5.349, handler `SchemaValidator`). */
export const asksForChecks = perApi((api) => handlerOf(api, 'SchemaValidator') !== undefined);

/** As the handler of the product sees it: JSON by its media type, whatever its parameters. */
export const isJson = (contentType: string | undefined): boolean =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';

/**
 * Checks a request's body against the OpenAPI definition of an API that asks for it: bodies in JSON of all but GET.
 * @returns the fault to refuse it with; undefined where there is no definition here
 */
export const checkMessages = async (
  parts: CheckingParts,
  request: IncomingMessage,
  call: GatewayCall,
): Promise<CheckedMessages | Fault | undefined> => {
  const { api, resource, verb, headers } = call;
  const entry = api.uuid === undefined ? undefined : parts.artifacts.localEntries.find(api.uuid);
  const definition = entry && definitionOf(entry);
  if (!definition) return undefined;

  const judge = async (schema: object | undefined, body: Buffer, refusal: Refusal): Promise<Fault | undefined> => {
    if (!schema || body.length === 0) return undefined;
    const check = await checkOf(definition, schema);
    if (check) return findingsFault(check, body, refusal);
    parts.onNotSimulated(`the JSON schema of ${verb} ${resource.template} of ${api.name}`);
    return notSimulatedFault(`the JSON schema of ${verb} ${resource.template}`);
  };
  const checkAnswer: CheckedMessages['checkAnswer'] = (status, body) =>
    judge(answerSchema(definition, resource.template, verb, status), body, ANSWER);

  if (verb === 'GET' || !isJson(headers['content-type'])) return { body: undefined, checkAnswer };
  const body = await bodyOf(request);
  if ('status' in body) return body;
  return (await judge(requestSchema(definition, resource.template, verb), body, REQUEST)) ?? { body, checkAnswer };
};

type Refusal = { readonly status: number; readonly message: string; readonly what: string };
const REQUEST: Refusal = { status: 400, message: 'Bad Request', what: 'Request' };
const ANSWER: Refusal = { status: 500, message: 'Bad Response', what: 'Response' };

/** The product writes a comma behind every finding. */
const refused = ({ status, message, what }: Refusal, findings: readonly string[]): Fault => {
  const description = `Schema validation failed in the ${what}: ${findings.map((finding) => `${finding}, `).join('')}`;
  return { status, code: status, message, description };
};

const findingsFault = (check: Check, body: Buffer, refusal: Refusal): Fault | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return refused(refusal, ['#: is no JSON']);
  }
  const findings = check(value);
  return findings.length === 0 ? undefined : refused(refusal, findings);
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer | Fault> => {
  try {
    return await readBody(request, LARGEST_CHECKED);
  } catch (cause) {
    if (!(cause instanceof PayloadTooLarge)) return refused(REQUEST, ['#: broke off']);
    return { status: 413, code: 413, message: 'Payload Too Large', description: cause.message };
  }
};

const definitions = new WeakMap<LocalEntry, { readonly definition: Definition | undefined }>();

/** Each entry is parsed once; undefined for one that is no JSON. */
const definitionOf = (entry: LocalEntry): Definition | undefined => {
  const known = definitions.get(entry) ?? { definition: parsed(entry.value) };
  definitions.set(entry, known);
  return known.definition;
};

const parsed = (text: string): Definition | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

const checks = new WeakMap<object, Check | false>();

/** Each schema is compiled once; undefined for one that cannot be. */
const checkOf = async (definition: Definition, schema: object): Promise<Check | undefined> => {
  const known = checks.get(schema) ?? (await compiled(definition, schema));
  checks.set(schema, known);
  return known || undefined;
};

const compiled = async (definition: Definition, schema: object): Promise<Check | false> => {
  const { compileSchema } = await import('./schema-validator.ts');
  try {
    return compileSchema(definition, schema);
  } catch {
    return false;
  }
};
