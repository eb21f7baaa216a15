import type { Version } from '../../../../lab/product/versions.ts';
import { json } from '../carbon/web.ts';
import type { Database } from '../database/database.ts';
import { listRevokedJwts } from '../keymanager/stores/revoked-jwts.ts';
import { readBlockConditions } from './block-conditions.ts';
import type { DataRoute } from './data-endpoints.ts';
import { readKeyTemplates } from './key-templates.ts';

/** What gateways of all versions load at their start (wire.md 5.11). */
export const throttleDataRoutes = (apim: Database, version: Version): readonly DataRoute[] => [
  { method: 'GET', path: '/block', handle: async () => json(200, await readBlockConditions(apim, version)) },
  { method: 'GET', path: '/keyTemplates', handle: async () => json(200, await readKeyTemplates(apim)) },
  {
    method: 'GET',
    path: '/revokedjwt',
    handle: async () => {
      const revoked = await listRevokedJwts(apim);
      const list = revoked.map(({ signature, expiresAt }) => ({ jwt_signature: signature, expiry_time: expiresAt }));
      return json(200, list);
    },
  },
];
