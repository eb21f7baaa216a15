import type { Version } from '../../../../../lab/product/versions.ts';
import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';

/** Settings that came with later versions. */
const ADDED: Readonly<Record<Version, object>> = {
  '3.0.0': {},
  '3.1.0': { securityAuditProperties: {}, externalStoresEnabled: false },
  '3.2.0': {
    securityAuditProperties: {},
    externalStoresEnabled: false,
    docVisibilityEnabled: false,
    crossTenantSubscriptionEnabled: false,
  },
};

/** `GET /settings`: what the Publisher's user interface asks first. @param scopes of the whole REST API */
export const settingsRoute = (context: PublisherContext, scopes: readonly string[]): RestRoute => ({
  method: 'GET',
  path: '/settings',
  scopes: ['apim:publisher_settings'],
  handle: () =>
    json(200, {
      devportalUrl: context.configuration.optionalText('apim.devportal.url') ?? '',
      environment: context.environments.map(environmentBody),
      scopes,
      monetizationAttributes: [],
      ...ADDED[context.version],
    }),
});

const environmentBody = (environment: PublisherContext['environments'][number]): object => {
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
