import type { RestApi } from '../../product/rest-apis.ts';
import { expectStatus } from '../answers.ts';
import { createApplication, deleteApplication } from '../journey/subscribe.ts';
import type { Member } from './absences.ts';
import { type Scene, type Story, step, type TellStory } from './scene.ts';
import { create } from './stage.ts';

/** What one portal has stored, and the other one must have as well. */
type Store = (scene: Scene, at: Member, name: string) => Promise<string>;

/** A Publisher is away: the other one has its APIs and makes new ones, which the first one has on its return. */
export const publisherStory: TellStory = (scene) => tell(scene, 'publisher', storeApi, '/apis/');

/** A Developer Portal is away: the same with applications. */
export const developerPortalStory: TellStory = (scene) => tell(scene, 'store', storeApplication, '/applications/');

const tell = async (scene: Scene, api: RestApi, store: Store, path: string): Promise<Story | undefined> => {
  const { stage, absence } = scene;
  const { away, others } = absence;
  const balancer = absence.balancer.https;
  const clientOf = ({ name: node, urls: { https: origin = '' } }: Member) => stage.session.open(api, { node, origin });
  const keep = (at: Member, name: string) =>
    step(scene, 'store', at.name, async () => {
      const value = await store(scene, at, `${stage.name}${api}${absence.way}${name}`);
      return { value, detail: value };
    });
  const before = await keep(away, 'before');
  if (balancer === undefined || before === undefined) return undefined;
  const clients = stage.session.open(api, { node: 'load balancer', origin: balancer });
  const has = (at: Member, id: string) =>
    step(scene, 'have what the other stored', at.name, async () => {
      expectStatus(await clientOf(at).send('GET', path + id), 200);
      return { value: true, detail: id };
    });
  let stored: string | undefined;

  return {
    ask: () => clients.send('GET', path + before),
    meanwhile: async () => {
      for (const other of others) await has(other, before);
      stored = await keep(others[0], 'meanwhile');
    },
    afterwards: async () => {
      await has(away, before);
      if (stored !== undefined) await has(away, stored);
    },
  };
};

const storeApi: Store = async ({ context, stage, undo }, { name: node, urls: { https: origin = '' } }, name) => {
  const publisher = stage.session.open('publisher', { node, origin });
  return (await create({ ...stage.session, publisher }, undo, name, context.status.backend?.url ?? '')).id;
};

const storeApplication: Store = async ({ stage, undo }, { name: node, urls: { https: origin = '' } }, name) => {
  const session = { ...stage.session, portal: stage.session.open('store', { node, origin }) };
  const { id } = await createApplication(session, { name, policy: 'Unlimited', tokenType: 'OAUTH' });
  undo.later(`application ${name}`, node, () => deleteApplication(session, id));
  return id;
};
