import type { Version } from '../../../../../lab/product/versions.ts';
import { json } from '../../carbon/web.ts';
import { GRANTS } from '../../keymanager/grants/grants.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { open } from './open.ts';

/** Settings that came with later versions. */
const ADDED: Readonly<Record<Version, object>> = {
  '3.0.0': {},
  '3.1.0': { recommendationEnabled: false },
  '3.2.0': { recommendationEnabled: false, IsPasswordChangeEnabled: true },
};

/** `GET /settings`: what the Portal's user interface asks first. @param scopes of the whole REST API */
export const settingsRoute = (context: DevportalContext, scopes: readonly string[]): RestRoute =>
  open('/settings', (_call, user) =>
    json(200, {
      grantTypes: [...GRANTS.keys()],
      // Visitors have nothing to ask for.
      scopes: user ? scopes : [],
      applicationSharingEnabled: false,
      mapExistingAuthApps: false,
      apiGatewayEndpoint: context.environments[0]?.gatewayEndpoint ?? null,
      monetizationEnabled: false,
      IsUnlimitedTierPaid: false,
      IsAnonymousModeEnabled: true,
      identityProvider: { external: false },
      ...ADDED[context.version],
    }),
  );
