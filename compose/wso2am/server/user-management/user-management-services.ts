import type { CarbonContext } from '../carbon/context.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { remoteUserStoreService } from './remote-user-store-service.ts';
import { userManagement } from './user-management.ts';
import { userQueries } from './user-queries.ts';

/** By what users are managed, in every profile; nothing on a node that keeps users in memory, where they could not stay. */
export const userManagementServices = ({
  version,
  databases: { apim, shared },
  users,
  events,
  configuration,
  log,
}: CarbonContext): readonly SoapService[] => {
  if (!shared) return [];
  const management = userManagement({
    shared,
    apim,
    users,
    events,
    admin: configuration.text('super_admin.username'),
    hasUniqueIds: configuration.text('user_store.type').endsWith('_unique_id'),
    // identity-inbound-auth-oauth 6.2.25 of 3.0.0 does not, 6.4.2 of the others does.
    revokesAtRoleLoss: version !== '3.0.0',
  });
  return [remoteUserStoreService(management, userQueries(shared, users), notSimulatedLog(log))];
};
