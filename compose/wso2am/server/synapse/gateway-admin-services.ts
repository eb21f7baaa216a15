import type { CarbonContext } from '../carbon/context.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { gatewayAdmin } from './gateway-admin.ts';
import { localEntryAdmin } from './local-entry-admin.ts';

/** The admin services by which a gateway is told what to serve (wire.md 6.1). */
export const gatewayAdminServices = (
  { log, version }: Pick<CarbonContext, 'log' | 'version'>,
  artifacts: ArtifactStore,
): readonly SoapService[] => [
  gatewayAdmin(artifacts, version, notSimulatedLog(log)),
  localEntryAdmin(artifacts, notSimulatedLog(log)),
];
