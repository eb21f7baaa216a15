import { RestError } from '../../rest-api/rest-error.ts';
import type { Application } from '../model/application.ts';
import type { ApplicationKeys } from '../model/keys.ts';

/** An application has one pair of keys of a type at a Key Manager. @throws RestError 409 */
export const refuseSecondKeys = (
  application: Application,
  wanted: Pick<ApplicationKeys, 'keyType' | 'keyManager'>,
  present: readonly ApplicationKeys[],
): void => {
  if (present.some((keys) => keys.keyType === wanted.keyType && keys.keyManager === wanted.keyManager)) {
    throw new RestError('alreadyExists', `Keys already generated for the application ${application.name}`);
  }
};
