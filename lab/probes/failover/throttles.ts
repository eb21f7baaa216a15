import { randomBytes } from 'node:crypto';
import { expectThat, Mismatch } from '../hops.ts';
import { callApi, inWords } from '../journey/call-api.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import { QUOTA } from '../throttling/set-up-apis.ts';
import { spendQuota } from '../throttling/spend-quota.ts';
import { type Scene, step, unlessDocumented } from './scene.ts';
import { newToken, takeUp } from './stage.ts';

/** Milliseconds after the last call of a quota within which a gateway must refuse. */
const PATIENCE = 5_000;

/**
 * Spends the quota of a new application at a gateway, which must come to refuse its calls. A quota that is spent across the end
 * of a window counts in two: so up to twice as many calls are made.
 */
export const throttles = async (scene: Scene, gateway: GatewayRoute, excuse?: string): Promise<void> => {
  const { context, stage, undo } = scene;
  const token = await step(scene, 'application with a quota', stage.session.portal.node, async () => {
    const name = `${stage.name}${randomBytes(4).toString('hex')}`;
    const spec = { name, policy: QUOTA.policy, tokenType: 'OAUTH' as const };
    const value = await newToken(
      stage,
      stage.session.keyManager.origin,
      await takeUp(stage.session, undo, stage.api, spec),
    );
    return { value, detail: QUOTA.policy };
  });
  if (token === undefined) return;
  await step(scene, 'throttle', gateway.to, () =>
    unlessDocumented(excuse, async () => {
      const call = () => callApi(context.http, gateway, stage.path, token);
      const { refused, accepted } = await spendQuota(call, { quota: QUOTA.calls, limit: PATIENCE });
      if (!refused) throw new Mismatch(`none of ${accepted} calls refused: throttling has failed open`);
      expectThat(refused.status === 429, '429', inWords(refused));
      return `refuses with ${inWords(refused)} after ${accepted} calls`;
    }),
  );
};
