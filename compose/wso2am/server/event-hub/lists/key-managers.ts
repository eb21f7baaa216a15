import type { Statements } from '../../database/database.ts';
import { listKeyManagers } from '../../devportal/stores/key-managers.ts';

/** The Key Managers of a tenant, as gateways load them. */
export const keyManagerBodies = async (statements: Statements): Promise<readonly object[]> =>
  (await listKeyManagers(statements)).map(({ name, type, enabled, tenantDomain, configuration }) => ({
    name,
    type,
    enabled,
    tenantDomain,
    configuration,
  }));
