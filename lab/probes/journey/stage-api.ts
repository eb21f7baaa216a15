import { type HopRecorder, Mismatch } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';
import { findApi, findApplication } from './find.ts';
import { openSession, type ProductSession } from './open-session.ts';
import { type ApiSpec, changeLifecycle, createApi, deleteApi, type PublishedApi } from './publish-api.ts';
import { type Application, type ApplicationSpec, createApplication, deleteApplication } from './subscribe.ts';

/** Logs in, as a hop. What was begun must be known to its end, so an interrupt does not end the session's requests. */
export const logIn = (
  { status, undisturbed }: Pick<ProbeContext, 'status' | 'undisturbed'>,
  recorder: HopRecorder,
): Promise<ProductSession | undefined> =>
  recorder.hop({
    name: 'log in',
    from: 'probe',
    to: 'key manager',
    work: async () => {
      const value = await openSession({ status, http: undisturbed });
      return { value, detail: `as ${status.credentials.username}, at ${value.keyManager.node}` };
    },
  });

export type StagedApi = Pick<ApiSpec, 'name' | 'operations'> & Partial<Pick<ApiSpec, 'more'>>;

/** Publishes an API of the probe's own before the lab's back end, as a hop; it goes again with `undo`. */
export const stageApi = (
  session: ProductSession,
  { status }: Pick<ProbeContext, 'status'>,
  recorder: HopRecorder,
  undo: Undo,
  { name, ...api }: StagedApi,
): Promise<PublishedApi | undefined> => {
  const { publisher } = session;
  const version = '1.0.0';
  const work = async () => {
    const backend = status.backend?.url;
    if (backend === undefined) throw new Mismatch('the lab has no back end that an API could call');
    let made: PublishedApi | undefined;
    // By its id, for the product's search finds an API only after a while; else by its name: it may be there nevertheless.
    undo.later(`API ${name}`, publisher.node, async () => {
      const left = made ?? (await findApi(publisher, { name, version }));
      if (left !== undefined) await deleteApi(session, left.id);
    });
    const spec = { name, context: `/${name}`, version, backend, policies: ['Unlimited'], ...api };
    made = await createApi(session, spec);
    await changeLifecycle(session, made.id, 'Publish');
    return { value: made, detail: `${made.path} published` };
  };
  return recorder.hop({ name: 'publish API', from: 'probe', to: publisher.node, work });
};

/** Makes an application with keys; it goes again with `undo`. @throws Mismatch, NoAnswer */
export const stageApplication = async (
  session: ProductSession,
  undo: Undo,
  application: ApplicationSpec,
): Promise<Application> => {
  const { name } = application;
  // By its name, for it may be there although its keys could not be made.
  undo.later(`application ${name}`, session.portal.node, async () => {
    const made = await findApplication(session, name);
    if (made !== undefined) await deleteApplication(session, made);
  });
  return createApplication(session, application);
};
