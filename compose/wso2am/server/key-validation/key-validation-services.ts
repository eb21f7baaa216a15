import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import type { CarbonContext } from '../carbon/context.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { oauthSettings } from '../keymanager/settings.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { keyValidationService } from './key-validation-service.ts';
import { remoteUsersService } from './remote-users-service.ts';
import { keyCache } from './through-key-cache.ts';

/**
 * What a Key Manager offers to gateways: users in all versions, tokens in 3.0.0 and 3.1.0; those of 3.2.0 are validated by the
 * gateways themselves.
 * @param clock epoch milliseconds
 * @param now milliseconds of a clock that only goes forward
 */
export const keyValidationServices = (
  { version, databases, users, configuration, properties, log }: CarbonContext,
  clock: () => number = Date.now,
  now: () => number = () => performance.now(),
): readonly SoapService[] => {
  const ofUsers = remoteUsersService(users);
  if (VERSION_FACTS[version].keyValidation !== 'soap' || !databases.apim) return [ofUsers];
  const { clockSkewMs } = oauthSettings(configuration, properties);
  const validation = { database: databases.apim, clock, clockSkewMs, cache: keyCache(configuration, now) };
  return [ofUsers, keyValidationService(validation, notSimulatedLog(log))];
};
