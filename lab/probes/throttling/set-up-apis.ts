import { randomBytes } from 'node:crypto';
import { type HopRecorder, Mismatch } from '../hops.ts';
import { findApi, findApplication } from '../journey/find.ts';
import { type GatewayRoute, gatewayRoutes } from '../journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../journey/open-session.ts';
import { changeLifecycle, createApi, deleteApi, type PublishedApi } from '../journey/publish-api.ts';
import { applicationToken, createApplication, deleteApplication, subscribe } from '../journey/subscribe.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';

/** The smallest quota that every version ships as an application policy (wire.md 5.4). */
export const QUOTA = { policy: '10PerMin', calls: 10, window: 60_000 } as const;

/** One gateway and an application whose quota is spent there. */
export type Spender = { readonly gateway: GatewayRoute; readonly token: string };

export type Stage = {
  /** Path of the API's resource below a gateway's origin. */
  readonly path: string;
  readonly spenders: readonly Spender[];
};

const VERSION = '1.0.0';
const TARGET = '/quota';

/**
 * Publishes an API without limits of its own and makes an application of ten calls a minute for each gateway, so that
 * each has to get its own events counted. Undefined when a hop of that failed.
 */
export const setUpApis = async (
  { status, undisturbed }: ProbeContext,
  recorder: HopRecorder,
  undo: Undo,
): Promise<Stage | undefined> => {
  const step = <T>(name: string, to: string, work: () => Promise<{ value: T; detail: string }>) =>
    recorder.hop({ name, from: 'probe', to, work });
  // What was begun is known to the end, so that it can be removed; an interrupt is looked for between the steps.
  const session = await step('log in', 'key manager', async () => {
    const value = await openSession({ status, http: undisturbed });
    return { value, detail: `as ${status.credentials.username}, at ${value.keyManager.node}` };
  });
  if (!session) return undefined;
  const name = `apim_lab_throttling_${randomBytes(4).toString('hex')}`;
  const api = await step('publish API', session.publisher.node, async () => {
    const value = await publish(session, status.backend?.url, name, undo);
    return { value, detail: `${value.path} published` };
  });
  if (!api) return undefined;
  const spenders: Spender[] = [];
  for (const gateway of gatewayRoutes(status).filter(({ direct }) => direct)) {
    const token = await step('application', session.portal.node, async () => {
      const value = await subscriber(session, api, `${name}_${gateway.to}`, undo);
      return { value, detail: `of ${QUOTA.policy}, whose quota is spent at ${gateway.to}` };
    });
    if (token === undefined) return undefined;
    spenders.push({ gateway, token });
  }
  return { path: api.path + TARGET, spenders };
};

const publish = async (
  session: ProductSession,
  backend: string | undefined,
  name: string,
  undo: Undo,
): Promise<PublishedApi> => {
  if (backend === undefined) throw new Mismatch('the lab has no back end that an API could call');
  let api: PublishedApi | undefined;
  // By its id, for the product's search finds an API only after a while; else by its name: it may be there nevertheless.
  undo.later(`API ${name}`, session.publisher.node, async () => {
    const made = api ?? (await findApi(session.publisher, { name, version: VERSION }));
    if (made) await deleteApi(session, made.id);
  });
  api = await createApi(session, {
    name,
    context: `/${name}`,
    version: VERSION,
    backend,
    policies: ['Unlimited'],
    operations: [{ target: TARGET, verb: 'GET' }],
  });
  await changeLifecycle(session, api.id, 'Publish');
  return api;
};

/** A token of a new application that is subscribed to the API. */
const subscriber = async (session: ProductSession, api: PublishedApi, name: string, undo: Undo): Promise<string> => {
  // By its name, for it may be there although its keys could not be made.
  undo.later(`application ${name}`, session.portal.node, async () => {
    const made = await findApplication(session, name);
    if (made !== undefined) await deleteApplication(session, made);
  });
  const application = await createApplication(session, { name, policy: QUOTA.policy, tokenType: 'OAUTH' });
  await subscribe(session, { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  return (await applicationToken(session, application)).access_token;
};
