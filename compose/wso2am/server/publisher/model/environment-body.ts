import type { PublisherContext } from '../context.ts';

/** A gateway environment as the Publisher shows it. */
export const environmentBody = (environment: PublisherContext['environments'][number]): object => {
  const urls = [...environment.gatewayEndpoint.split(','), ...environment.webSocketEndpoint.split(',')];
  const withScheme = (scheme: string): string | null => urls.find((url) => url.startsWith(`${scheme}://`)) ?? null;
  return {
    name: environment.name,
    type: environment.type,
    serverUrl: environment.serviceUrl,
    showInApiConsole: environment.displayInApiConsole,
    endpoints: {
      http: withScheme('http'),
      https: withScheme('https'),
      ws: withScheme('ws'),
      wss: withScheme('wss'),
    },
  };
};
