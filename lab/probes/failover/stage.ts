import { randomBytes } from 'node:crypto';
import { type HopRecorder, Mismatch } from '../hops.ts';
import { untilServed } from '../journey/await-gateways.ts';
import { type GatewayRoute, gatewayRoutes } from '../journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../journey/open-session.ts';
import { type ApiSpec, changeLifecycle, createApi, deleteApi, type PublishedApi } from '../journey/publish-api.ts';
import {
  type Application,
  applicationToken,
  createApplication,
  deleteApplication,
  subscribe,
} from '../journey/subscribe.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';
import type { Absence } from './absences.ts';

/** What was acknowledged before anything goes away, and must outlast it. */
export type Stage = {
  readonly session: ProductSession;
  /** Begins the name of everything that is made. */
  readonly name: string;
  readonly api: PublishedApi;
  /** Path of its resource below a gateway's origin. */
  readonly path: string;
  /** Its tokens are JWTs, whose revocation gateways must be told of. */
  readonly application: Application;
  /**
   * Its clients ask for their token again and again, which is opaque and so stays the same: a Key Manager that stands still in the
   * middle of a change holds the database's locks, and every other one waits for them.
   */
  readonly clients: Application;
  /** Each gateway by itself. */
  readonly gateways: readonly GatewayRoute[];
};

const TARGET = '/echo';

/** Publishes an API and subscribes an application to it. Undefined when a hop of that failed. */
export const setStage = async (
  { status, http, undisturbed }: ProbeContext,
  recorder: HopRecorder,
  undo: Undo,
): Promise<Stage | undefined> => {
  const name = `LabFailover${randomBytes(4).toString('hex')}`;
  return recorder.hop({
    name: 'publish and subscribe',
    from: 'probe',
    to: 'publisher and portal',
    work: async () => {
      if (status.backend === undefined) throw new Mismatch('the lab has no back end that an API could call');
      const session = await openSession({ status, http: undisturbed });
      const api = await publish(session, undo, name, status.backend.url);
      const application = await takeUp(session, undo, api, { name, policy: 'Unlimited', tokenType: 'JWT' });
      const asking = { name: `${name}Clients`, policy: 'Unlimited', tokenType: 'OAUTH' } as const;
      const clients = await takeUp(session, undo, api, asking);
      const gateways = gatewayRoutes(status).filter(({ direct }) => direct);
      for (const { origin } of gateways) await untilServed(http, origin + api.path + TARGET);
      const path = api.path + TARGET;
      return { value: { session, name, api, path, application, clients, gateways }, detail: api.path };
    },
  });
};

/** Creates an API that is removed at the end. @throws Mismatch, NoAnswer */
export const create = async (session: ProductSession, undo: Undo, name: string, backend: string) => {
  const spec: ApiSpec = {
    name,
    context: `/${name.toLowerCase()}`,
    version: '1.0.0',
    backend,
    policies: ['Unlimited'],
    operations: [{ target: TARGET, verb: 'GET' }],
  };
  const api = await createApi(session, spec);
  undo.later(`API ${name}`, session.publisher.node, () => deleteApi(session, api.id));
  return api;
};

/** Creates and publishes an API that is removed at the end. @throws Mismatch, NoAnswer */
export const publish = async (
  session: ProductSession,
  undo: Undo,
  name: string,
  backend: string,
): Promise<PublishedApi> => {
  const api = await create(session, undo, name, backend);
  await changeLifecycle(session, api.id, 'Publish');
  return api;
};

/** Makes an application of the API, which is removed at the end. @throws Mismatch, NoAnswer */
export const takeUp = async (
  session: ProductSession,
  undo: Undo,
  { id: apiId }: PublishedApi,
  spec: Parameters<typeof createApplication>[1],
): Promise<Application> => {
  const application = await createApplication(session, spec);
  undo.later(`application ${spec.name}`, session.portal.node, () => deleteApplication(session, application.id));
  await subscribe(session, { apiId, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  return application;
};

/** A token that nobody had before, from a Key Manager. @throws Mismatch, NoAnswer */
export const newToken = async ({ session }: Stage, origin: string, application: Application): Promise<string> =>
  (await applicationToken({ ...session, keyManager: { ...session.keyManager, origin } }, application)).access_token;

/** The stage without one node: a session that a probe opens is one with the first nodes, of which all-in-ones do all the work. */
export const stageWithout = (stage: Stage, { role, others: [other] }: Absence): Stage => {
  if (role !== 'all-in-one') return stage;
  const { session } = stage;
  const place = { node: other.name, origin: other.urls.https ?? '' };
  const [publisher, portal] = [session.open('publisher', place), session.open('store', place)];
  return { ...stage, session: { ...session, keyManager: place, publisher, portal } };
};
