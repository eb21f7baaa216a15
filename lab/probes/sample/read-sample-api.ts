import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ApiOperation, ApiSpec } from '../journey/publish-api.ts';

const policy = z.string().min(1);
const path = z.string().regex(/^\/[\w/.-]*$/);

/** The description of a ready-made API: `fixtures/apis/<name>/api.yaml`. */
const descriptionSchema = z.strictObject({
  name: z.string().min(1),
  context: path,
  version: z.string().min(1),
  definition: z.string().min(1),
  backend: z.url(),
  policies: z.array(policy).min(1),
  application: z.strictObject({ name: z.string().min(1), policy, subscription: policy }),
  try: path,
});

const definitionSchema = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** An API that is ready to be published, and who is to call it. */
export type SampleApi = {
  readonly spec: ApiSpec;
  /** Text of its OpenAPI definition. */
  readonly definition: string;
  readonly application: { readonly name: string; readonly policy: string; readonly subscription: string };
  /** The resource that shows that it works: `/books`. */
  readonly resource: string;
};

/** Reads a description and the definition that it names. @param file absolute path @throws where one of them is not right */
export const readSampleApi = async (file: string): Promise<SampleApi> => {
  const description = descriptionSchema.parse(parse(await readFile(file, 'utf8')));
  const definition = await readFile(join(dirname(file), description.definition), 'utf8');
  const { name, context, version, backend, policies, application } = description;
  return {
    spec: { name, context, version, backend, policies, operations: operationsOf(definition) },
    definition,
    application,
    resource: description.try,
  };
};

/** Verbs that an API of the product may have. */
const VERBS = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options'];

const operationsOf = (definition: string): readonly ApiOperation[] =>
  Object.entries(definitionSchema.parse(parse(definition)).paths).flatMap(([target, operations]) =>
    VERBS.filter((verb) => verb in operations).map((verb) => ({ target, verb: verb.toUpperCase() })),
  );
