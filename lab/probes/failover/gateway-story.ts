import type { Way } from '../../faults/fault.ts';
import type { Version } from '../../product/versions.ts';
import { expectStatus } from '../answers.ts';
import { untilCalled, untilServed } from '../journey/await-gateways.ts';
import { callApi } from '../journey/call-api.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import { learnsRevocation, revocable } from './revocation.ts';
import { type Scene, step, type TellStory, unlessDocumented } from './scene.ts';
import { newToken, publish } from './stage.ts';
import { throttles } from './throttles.ts';

/** Why a gateway that is back may accept what was revoked meanwhile (wire.md 5.7: topics are not durable; 5.11). */
const lateNews = (way: Way, version: Version): string | undefined => {
  if (way === 'cut') return 'what is sent while a gateway is away is lost for it until it starts anew';
  if (way === 'kill' && version !== '3.2.0') return 'until 3.1.0 a gateway loads revocations a minute after its start';
  return undefined;
};

/** A gateway is away: the other one serves, refuses what is revoked, throttles, and takes new APIs; the first one catches up. */
export const gatewayStory: TellStory = async (scene) => {
  const { context, stage, absence } = scene;
  const { session } = stage;
  const balancer = absence.balancer.passthroughHttps;
  const routeOf = (name: string): GatewayRoute | undefined => stage.gateways.find(({ to }) => to === name);
  const own = routeOf(absence.away.name);
  const others = absence.others.flatMap(({ name }) => routeOf(name) ?? []);
  const origin = session.keyManager.origin;
  const [first] = others;
  if (balancer === undefined || !own || !first) return undefined;
  const token = await step(scene, 'token', session.keyManager.node, async () => {
    const value = await newToken(stage, origin, stage.application);
    for (const { origin: at } of [own, ...others]) await untilCalled(context.http, at + stage.path, value);
    return { value, detail: 'accepted by every gateway' };
  });
  const doomed = await revocable(scene, origin, [own, ...others]);
  if (token === undefined || doomed === undefined) return undefined;
  let published: string | undefined;

  return {
    ask: () => callApi(context.http, { to: 'load balancer', origin: balancer, direct: false }, stage.path, token),
    meanwhile: async () => {
      for (const { to, origin: at } of others) {
        await step(scene, 'keep serving', to, async () => {
          expectStatus(
            await context.http({ url: at + stage.path, headers: { Authorization: `Bearer ${token}` } }),
            200,
          );
          return { value: true, detail: 'the token from before is accepted' };
        });
      }
      await learnsRevocation(scene, origin, doomed, others);
      await throttles(scene, first);
      published = await publishMeanwhile(scene, others);
    },
    afterwards: async () => {
      const url = published && own.origin + published;
      if (url) {
        await step(scene, 'catch up on the API', own.to, async () => {
          await untilServed(context.http, url);
          return { value: true, detail: 'serves what was published meanwhile' };
        });
      }
      await step(scene, 'catch up on the revocation', own.to, () =>
        unlessDocumented(lateNews(absence.way, context.status.version), () => doomed.refusedBy(own)),
      );
    },
  };
};

/** Publishes another API, which must come to these gateways. Yields its path. */
const publishMeanwhile = async (scene: Scene, gateways: readonly GatewayRoute[]): Promise<string | undefined> => {
  const { context, stage, undo, absence } = scene;
  const api = await step(scene, 'publish', stage.session.publisher.node, async () => {
    const backend = context.status.backend?.url ?? '';
    const name = `${stage.name}${absence.role.replaceAll('-', '')}${absence.way}`;
    const value = await publish(stage.session, undo, name, backend);
    return { value, detail: value.path };
  });
  if (!api) return undefined;
  const path = api.path + stage.path.slice(stage.api.path.length);
  for (const { to, origin } of gateways) {
    await step(scene, 'serve a new API', to, async () => {
      await untilServed(context.http, origin + path);
      return { value: true, detail: api.path };
    });
  }
  return path;
};
