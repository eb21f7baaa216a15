import type { HopRecorder } from '../hops.ts';
import type { HttpClient } from '../http-client.ts';
import { untilServed } from './await-gateways.ts';
import type { GatewayRoute } from './gateway-routes.ts';

/**
 * Those of the gateways that come to serve an API, each a hop. A call without a token tells: it is refused, and counted by
 * nobody.
 */
export const deployedGateways = async (
  http: HttpClient,
  recorder: HopRecorder,
  gateways: readonly GatewayRoute[],
  path: string,
): Promise<readonly GatewayRoute[]> => {
  const tried = gateways.map((gateway) =>
    recorder.hop({
      name: 'deployment',
      from: 'publisher',
      to: gateway.to,
      work: async () => {
        const { status } = await untilServed(http, gateway.origin + path);
        return { value: gateway, detail: `serves ${path}: ${status} without a token` };
      },
    }),
  );
  return (await Promise.all(tried)).filter((gateway) => gateway !== undefined);
};
