import { z } from 'zod';
import { expectStatus, parseAnswer } from '../answers.ts';
import type { ProductSession } from './open-session.ts';

export type ApiSpec = {
  readonly name: string;
  /** Without the version: `/probe`. */
  readonly context: string;
  readonly version: string;
  /** Of the back end, as the gateways reach it. */
  readonly backend: string;
  /** Subscription policies that it offers. */
  readonly policies: readonly string[];
  /** Policy over the whole API, in place of those of its operations. */
  readonly apiPolicy?: string;
  readonly operations: readonly ApiOperation[];
  /** Other fields of the API, as `POST /apis` takes them. */
  readonly more?: object;
};

export type ApiOperation = { readonly target: string; readonly verb: string; readonly policy?: string };

export type PublishedApi = {
  readonly id: string;
  /** Below a gateway's origin: `/probe/1.0.0`. */
  readonly path: string;
};

const createdSchema = z.object({ id: z.string() });
const lifecycleSchema = z.object({ workflowStatus: z.string() });

/** Creates an API; it is on no gateway yet. @throws Mismatch, NoAnswer */
export const createApi = async ({ publisher, environments }: ProductSession, spec: ApiSpec): Promise<PublishedApi> => {
  const endpoint = { url: spec.backend };
  const { id } = await publisher.ask(createdSchema, 201, 'POST', '/apis?openAPIVersion=V3', {
    name: spec.name,
    context: spec.context,
    version: spec.version,
    policies: spec.policies,
    ...(spec.apiPolicy !== undefined && { apiThrottlingPolicy: spec.apiPolicy }),
    transport: ['http', 'https'],
    visibility: 'PUBLIC',
    gatewayEnvironments: environments,
    endpointConfig: { endpoint_type: 'http', production_endpoints: endpoint, sandbox_endpoints: endpoint },
    operations: spec.operations.map(({ target, verb, policy = 'Unlimited' }) => ({
      target,
      verb,
      authType: 'Application & Application User',
      throttlingPolicy: policy,
    })),
    ...spec.more,
  });
  return { id, path: `${spec.context}/${spec.version}` };
};

/** Gives an API an OpenAPI definition, whose operations become its own. @throws Mismatch, NoAnswer */
export const putDefinition = async ({ publisher }: ProductSession, id: string, text: string): Promise<void> =>
  expectStatus(await publisher.sendForm('PUT', `/apis/${id}/swagger`, { apiDefinition: text }), 200);

/** Moves an API through its lifecycle: `Publish`, `Block`, `Retire`... @throws Mismatch, NoAnswer */
export const changeLifecycle = async ({ publisher }: ProductSession, id: string, action: string): Promise<void> => {
  const path = `/apis/change-lifecycle?action=${encodeURIComponent(action)}&apiId=${id}`;
  const answer = await publisher.send('POST', path);
  expectStatus(answer, 200);
  parseAnswer(lifecycleSchema, answer);
};

/** Creates an API and publishes it on every gateway environment. @throws Mismatch, NoAnswer */
export const publishApi = async (session: ProductSession, spec: ApiSpec): Promise<PublishedApi> => {
  const api = await createApi(session, spec);
  await changeLifecycle(session, api.id, 'Publish');
  return api;
};

const operationsSchema = z.looseObject({ operations: z.array(z.looseObject({ authType: z.string() })) });

/** Lets every operation of an API be called without credentials. @throws Mismatch, NoAnswer */
export const openOperations = async ({ publisher }: ProductSession, id: string): Promise<void> => {
  const api = await publisher.ask(operationsSchema, 200, 'GET', `/apis/${id}`);
  const operations = api.operations.map((operation) => ({ ...operation, authType: 'None' }));
  expectStatus(await publisher.send('PUT', `/apis/${id}`, { ...api, operations }), 200);
};

/** Deletes an API; it must have no subscriptions any more. @throws Mismatch, NoAnswer */
export const deleteApi = async ({ publisher }: ProductSession, id: string): Promise<void> =>
  expectStatus(await publisher.send('DELETE', `/apis/${id}`), 200);
