import { randomBytes } from 'node:crypto';
import type { HopRecorder } from '../hops.ts';
import type { HttpAnswer } from '../http-client.ts';
import { findApi } from '../journey/find.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../journey/open-session.ts';
import { changeLifecycle, createApi, deleteApi } from '../journey/publish-api.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';
import { until } from '../until.ts';
import { patienceForApis } from './patience.ts';

const VERSION = '1.0.0';

/** Nobody calls the API: a gateway that knows it asks for a token, and that is all that is looked for. */
const NO_BACK_END = 'http://localhost:8080';

/** Publishes an API, which reaches one gateway, and waits until each one serves it; then the same for its removal. */
export const shareApi = async (
  { status, http, undisturbed }: ProbeContext,
  recorder: HopRecorder,
  undo: Undo,
  gateways: readonly GatewayRoute[],
): Promise<void> => {
  const skip = (name: string, because: string) => {
    for (const { to } of gateways) recorder.notTried({ name, from: 'probe', to }, because);
  };
  const session = await recorder.hop({
    name: 'log in',
    from: 'probe',
    to: 'key manager',
    work: async () => {
      const value = await openSession({ status, http: undisturbed });
      return { value, detail: `administrator at ${value.keyManager.node}` };
    },
  });
  if (!session) return skip('serve', 'nobody is logged in');
  const api = new SharedApi(session, undo, `apim_lab_sync_${randomBytes(4).toString('hex')}`);
  const to = session.publisher.node;
  const published = await recorder.hop({ name: 'publish', from: 'probe', to, work: () => api.publish() });
  if (published === undefined) return skip('serve', 'nothing is published');

  // Answers to a call without a token: 401 from who knows the API, 404 from who does not.
  const eachAnswers = (name: string, wanted: number, detail: string) =>
    gateways.map(({ to: gateway, origin }) =>
      recorder.hop({
        name,
        from: 'probe',
        to: gateway,
        work: async () => {
          const look = () => http({ url: `${origin}${published}` });
          await until(`status ${wanted}`, patienceForApis(status), look, (answer) => answer.status === wanted, inWords);
          return { value: undefined, detail };
        },
      }),
    );
  await Promise.all(eachAnswers('serve', 401, `asks for a token at ${published}`));
  const removed = await recorder.hop({ name: 'delete', from: 'probe', to, work: () => api.remove() });
  if (!removed) return skip('forget', 'the API is not deleted');
  await Promise.all(eachAnswers('forget', 404, `knows ${published} no more`));
};

const inWords = ({ status }: HttpAnswer): string => `status ${status}`;

/** The probe's API, removed again whatever becomes of the probe. */
class SharedApi {
  readonly #session: ProductSession;
  readonly #undo: Undo;
  readonly #name: string;
  #id: string | undefined;
  #gone = false;

  constructor(session: ProductSession, undo: Undo, name: string) {
    this.#session = session;
    this.#undo = undo;
    this.#name = name;
  }

  /** Yields its path at a gateway. */
  async publish(): Promise<{ value: string; detail: string }> {
    this.#undo.later(`API ${this.#name}`, this.#session.publisher.node, async () => {
      if (!this.#gone) await this.remove();
    });
    const { id, path } = await createApi(this.#session, {
      name: this.#name,
      context: `/${this.#name}`,
      version: VERSION,
      backend: NO_BACK_END,
      policies: ['Unlimited'],
      operations: [{ target: '/shared', verb: 'GET' }],
    });
    this.#id = id;
    await changeLifecycle(this.#session, id, 'Publish');
    return { value: `${path}/shared`, detail: this.#name };
  }

  /** By its id, for the product's search finds an API only after a while; else by its name: it may be there nevertheless. */
  async remove(): Promise<{ value: true; detail: string }> {
    const { publisher } = this.#session;
    const id = this.#id ?? (await findApi(publisher, { name: this.#name, version: VERSION }))?.id;
    if (id !== undefined) await deleteApi(this.#session, id);
    this.#gone = true;
    return { value: true, detail: this.#name };
  }
}
