import type { Version } from '../../../../../lab/product/versions.ts';
import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { environmentBody } from '../model/environment-body.ts';

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
