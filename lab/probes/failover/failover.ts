import { setTimeout as delay } from 'node:timers/promises';
import { whileFaulty } from '../../faults/while-faulty.ts';
import type { Role } from '../../product/roles.ts';
import { FAIL_TIMEOUT } from '../../render/nginx/upstream.ts';
import { expectStatus } from '../answers.ts';
import type { HopRecorder } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import { Undo } from '../undo.ts';
import { until } from '../until.ts';
import { absencesOf } from './absences.ts';
import { type Clients, startClients } from './clients.ts';
import { type ClientsView, type Disturbance, viewInWords, viewSince } from './clients-view.ts';
import { gatewayStory } from './gateway-story.ts';
import { keyManagerStory } from './key-manager-story.ts';
import { developerPortalStory, publisherStory } from './portal-story.ts';
import { type Scene, step, type TellStory } from './scene.ts';
import { setStage, stageWithout } from './stage.ts';
import { trafficManagerStory } from './traffic-manager-story.ts';

const STORIES: Readonly<Record<Role, TellStory>> = {
  gateway: gatewayStory,
  'all-in-one': gatewayStory,
  'key-manager': keyManagerStory,
  'traffic-manager': trafficManagerStory,
  publisher: publisherStory,
  'developer-portal': developerPortalStory,
};

/** Milliseconds within which the load balancer must serve clients at once again, and a node must answer that is back. */
const CLIENTS = { limit: 20_000, interval: 50 };
const RETURN = { limit: 30_000, interval: 50 };

/**
 * Takes a member of every pair away - killed, paused, cut off - and back again: what clients see of it, that nothing that was
 * acknowledged is lost, that revocations and quotas still reach the gateways, and that the member catches up. Nodes come back
 * whatever happens: a fault is written down before it is applied.
 */
export const failover = async (context: ProbeContext, recorder: HopRecorder): Promise<void> => {
  const absences = absencesOf(context.status);
  if (absences.length === 0) {
    return recorder.notTried({ name: 'fail-over', from: 'probe', to: 'lab' }, 'no role has a second node');
  }
  const undo = new Undo();
  try {
    const stage = await setStage(context, recorder, undo);
    if (!stage) return recorder.notTried({ name: 'fail-over', from: 'probe', to: 'lab' }, 'there is no API to call');
    const returns = new Map<Role, number>();
    for (const absence of absences) {
      // Until then the load balancer may still pass over the member that was away last.
      await quiet(returns.get(absence.role), context.interrupted);
      context.interrupted.throwIfAborted();
      await play({ context, recorder, undo, absence, stage: stageWithout(stage, absence) });
      returns.set(absence.role, Date.now());
    }
  } finally {
    await undo.all(recorder);
  }
};

const quiet = async (since: number | undefined, signal: AbortSignal): Promise<void> => {
  const left = since === undefined ? 0 : since + FAIL_TIMEOUT * 1000 - Date.now();
  if (left > 0) await delay(left, undefined, { signal }).catch(() => undefined);
};

/** One absence from before it to after it. */
const play = async (scene: Scene): Promise<void> => {
  const { context, absence } = scene;
  const { away, way } = absence;
  const story = await STORIES[absence.role](scene);
  if (!story) return scene.recorder.notTried({ name: way, from: 'probe', to: away.name }, 'it could not be prepared');
  const clients = startClients(story.ask);
  try {
    const began = Date.now();
    let healing = began;
    await whileFaulty(context.lab, { node: away.name, way }, async () => {
      await served(scene, clients, 'fail over', { began, certain: Date.now() });
      await story.meanwhile();
      healing = Date.now();
    });
    await returned(scene, healing);
    await served(scene, clients, 'take it back', { began: healing, certain: Date.now() });
    await story.afterwards();
  } finally {
    await clients.stop();
  }
};

/** What clients see of a disturbance until they are served at once again. */
const served = async (scene: Scene, clients: Clients, name: string, disturbance: Disturbance): Promise<void> => {
  const { interrupted } = scene.context;
  await step(scene, name, 'load balancer', async () => {
    const look = async (): Promise<ClientsView> => {
      interrupted.throwIfAborted();
      return viewSince(clients.calls, disturbance, Date.now());
    };
    const isServed = ({ servedAfter }: ClientsView) => servedAfter !== undefined;
    const seen = await until('clients that are served at once', CLIENTS, look, isServed, viewInWords);
    return { value: true, detail: viewInWords(seen), ms: seen.servedAfter ?? 0 };
  });
};

/** That the node itself answers again, and how long after it was to come back. */
const returned = async (scene: Scene, healing: number): Promise<void> => {
  const { context, absence } = scene;
  const { name, urls } = absence.away;
  await step(scene, 'return', name, async () => {
    const look = () => context.http({ url: `${urls.https}/services/Version` });
    const answer = await until('200', RETURN, look, ({ status }) => status === 200);
    expectStatus(answer, 200);
    return { value: true, detail: 'answers again', ms: Date.now() - healing };
  });
};
