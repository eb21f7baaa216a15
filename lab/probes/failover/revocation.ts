import { untilCalled } from '../journey/await-gateways.ts';
import { callApi, inWords } from '../journey/call-api.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import { revoke } from '../oauth2-client.ts';
import { type Patience, until } from '../until.ts';
import { type Scene, step, unlessDocumented } from './scene.ts';
import { newToken } from './stage.ts';

/** A token that gateways accept and that is to be revoked. */
export type Revocable = {
  readonly token: string;
  /** Waits until a gateway refuses it, and says so. @throws Mismatch, NoAnswer */
  refusedBy(gateway: GatewayRoute, patience?: Patience): Promise<string>;
};

/** Milliseconds that news of a revocation may take: it is told at once (wire.md 4.3). */
const NEWS: Patience = { limit: 5_000, interval: 20 };

/**
 * The same where nothing excuses its loss: a Key Manager that was away itself may just have given up its Traffic Manager, and looks
 * for it again every 30 s (wire.md 5.2).
 */
const LATE_NEWS: Patience = { limit: 35_000, interval: 20 };

/** Gets a token and shows it to gateways, so that they have it in their caches. */
export const revocable = (
  scene: Scene,
  origin: string,
  gateways: readonly GatewayRoute[],
): Promise<Revocable | undefined> => {
  const { context, stage } = scene;
  return step(scene, 'token to revoke', stage.session.keyManager.node, async () => {
    const token = await newToken(stage, origin, stage.application);
    for (const gateway of gateways) await untilCalled(context.http, gateway.origin + stage.path, token);
    const refusedBy: Revocable['refusedBy'] = async (gateway, patience = NEWS) => {
      const look = () => callApi(context.http, gateway, stage.path, token);
      const refused = await until('401 for the revoked token', patience, look, ({ status }) => status === 401, inWords);
      return `refuses the revoked token with ${inWords(refused)}`;
    };
    return { value: { token, refusedBy }, detail: 'accepted by every gateway' };
  });
};

/** Revokes the token at a Key Manager and waits until each of these gateways knows, unless the product need not tell them. */
export const learnsRevocation = async (
  scene: Scene,
  origin: string,
  { token, refusedBy }: Revocable,
  gateways: readonly GatewayRoute[],
  excuse?: string,
): Promise<void> => {
  const { context, stage } = scene;
  const revoked = await step(scene, 'revoke', 'key manager', async () => {
    await revoke(context.http, `${origin}/oauth2/revoke`, stage.application.client, token);
    return { value: true, detail: 'revoked' };
  });
  if (!revoked) return;
  for (const gateway of gateways)
    await step(scene, 'learn of the revocation', gateway.to, () =>
      unlessDocumented(excuse, () => refusedBy(gateway, excuse === undefined ? LATE_NEWS : NEWS)),
    );
};
