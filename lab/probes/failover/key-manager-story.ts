import { expectThat } from '../hops.ts';
import { untilCalled } from '../journey/await-gateways.ts';
import { askToken, introspect } from '../oauth2-client.ts';
import { learnsRevocation, revocable } from './revocation.ts';
import { type Scene, step, type TellStory } from './scene.ts';
import { newToken } from './stage.ts';

/** A Key Manager is away: the other one knows its tokens, issues and revokes; gateways validate and hear of it. */
export const keyManagerStory: TellStory = async (scene) => {
  const { context, stage, absence } = scene;
  const { away, others } = absence;
  const balancer = absence.balancer.https;
  const own = away.urls.https;
  const other = others[0].urls.https;
  if (balancer === undefined || own === undefined || other === undefined) return undefined;
  const { client } = stage.clients;
  const issued = await step(scene, 'token', away.name, async () => {
    const value = await newToken(stage, own, stage.application);
    return { value, detail: 'issued before it goes' };
  });
  const doomed = await revocable(scene, own, stage.gateways);
  if (issued === undefined || doomed === undefined) return undefined;

  return {
    ask: () => askToken(context.http, `${balancer}/oauth2/token`, client, { grant_type: 'client_credentials' }),
    meanwhile: async () => {
      await isActive(scene, others[0].name, other, issued, true);
      await step(scene, 'issue a token', others[0].name, async () => {
        const token = await newToken(stage, other, stage.application);
        // Nobody has it in a cache.
        for (const gateway of stage.gateways) await untilCalled(context.http, gateway.origin + stage.path, token);
        return { value: true, detail: 'accepted by every gateway' };
      });
      await learnsRevocation(scene, other, doomed, stage.gateways);
    },
    afterwards: async () => {
      await isActive(scene, away.name, own, issued, true);
      await isActive(scene, away.name, own, doomed.token, false);
    },
  };
};

const isActive = async (scene: Scene, to: string, origin: string, token: string, active: boolean): Promise<void> => {
  await step(scene, active ? 'know the token' : 'know the revocation', to, async () => {
    const { http, status } = scene.context;
    const found = await introspect(http, `${origin}/oauth2/introspect`, status.credentials, token);
    expectThat(found === active, `active ${active}`, `active ${found}`);
    return { value: true, detail: `active ${found}` };
  });
};
