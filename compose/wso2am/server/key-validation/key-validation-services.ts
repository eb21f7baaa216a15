import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import type { CarbonContext } from '../carbon/context.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { oauthSettings } from '../keymanager/settings.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { keyValidationService } from './key-validation-service.ts';

/**
 * What a Key Manager offers to gateways of 3.0.0 and 3.1.0; nothing in 3.2.0, whose gateways validate by themselves.
 * @param clock epoch milliseconds
 */
export const keyValidationServices = (
  { version, databases, configuration, properties, log }: CarbonContext,
  clock: () => number = Date.now,
): readonly SoapService[] => {
  if (VERSION_FACTS[version].keyValidation !== 'soap' || !databases.apim) return [];
  const { clockSkewMs } = oauthSettings(configuration, properties);
  return [keyValidationService({ database: databases.apim, clock, clockSkewMs }, notSimulatedLog(log))];
};
