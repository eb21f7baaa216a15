import type { z } from 'zod';
import { findOrRegisterClient } from '../../keymanager/stores/register-client.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import type { Application } from '../model/application.ts';
import { type keyGeneration, type ResidentKeys, residentName, usableGrants } from '../model/keys.ts';
import { refuseSecondKeys } from '../rules/refuse-second-keys.ts';
import { lockApplication } from '../stores/applications.ts';
import { insertKeys, listKeys } from '../stores/keys.ts';

type Asked = z.infer<ReturnType<typeof keyGeneration>>;

/**
 * Gives an application keys of a type. The client bears the application's UUID in its name, so that no other application ever
 * shares it, and a call that died after registering the client is made good by the next one.
 * @throws RestError 409 where it has such keys, 404 where it was deleted meanwhile
 */
export const generateKeys = async (
  { apim, keyManager, version }: DevportalContext,
  application: Application,
  asked: Asked,
): Promise<ResidentKeys> => {
  const wanted = { keyType: asked.keyType, keyManager: residentName(version) };
  refuseSecondKeys(application, wanted, await listKeys(apim, application.rowId));
  const { settings } = keyManager;
  const callbackUrl = asked.callbackUrl ?? '';
  const client = await findOrRegisterClient(apim, {
    name: `${application.id}_${asked.keyType}`,
    owner: application.owner,
    callbackUrl,
    grantTypes: usableGrants(asked.grantTypesToBeSupported, callbackUrl),
    tokenType: 'DEFAULT',
    isSaas: false,
    userTokenValidity: settings.userTokenValidity,
    applicationTokenValidity: settings.applicationTokenValidity,
    refreshTokenValidity: settings.refreshTokenValidity,
  });
  return retryWhenBeaten(() =>
    apim.transaction(async (statements) => {
      if (!(await lockApplication(statements, application.rowId))) {
        throw new RestError('notFound', `Requested Application with Id '${application.id}' not found`);
      }
      refuseSecondKeys(application, wanted, await listKeys(statements, application.rowId));
      return insertKeys(statements, application, {
        ...wanted,
        client,
        scopes: asked.scopes ?? ['default'],
        validityTime: asked.validityTime ?? settings.applicationTokenValidity,
      });
    }),
  );
};
