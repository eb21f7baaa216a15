import type { z } from 'zod';
import { findClient, type OAuthClient } from '../../keymanager/stores/clients.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import type { Application } from '../model/application.ts';
import { type ApplicationKeys, isResident, type keyMapping, residentName } from '../model/keys.ts';
import { refuseSecondKeys } from '../rules/refuse-second-keys.ts';
import { lockApplication } from '../stores/applications.ts';
import { listKeyManagers } from '../stores/key-managers.ts';
import { insertMapping, isMapped, listKeys } from '../stores/keys.ts';

type Asked = z.infer<ReturnType<typeof keyMapping>>;

/**
 * Makes a client that is there already an application's. Of other Key Managers than the resident one nobody is asked whether
 * they have it: gateways take their tokens for the application's by its key.
 * @throws RestError 400 for a Key Manager or a client that is not known, 409 where the application has such keys or another one
 * has the client, 404 where the application was deleted meanwhile
 */
export const mapKeys = async (
  context: DevportalContext,
  application: Application,
  { keyType, consumerKey, ...asked }: Asked,
): Promise<ApplicationKeys> => {
  const keyManager = await keyManagerNamed(context, asked.keyManager);
  const client = isResident(keyManager) ? await residentClient(context, consumerKey, asked.consumerSecret) : undefined;
  const mapping = { keyType, mode: 'MAPPED', keyManager, consumerKey, client } as const;
  return retryWhenBeaten(() =>
    context.apim.transaction(async (statements) => {
      if (!(await lockApplication(statements, application.rowId))) {
        throw new RestError('notFound', `Requested Application with Id '${application.id}' not found`);
      }
      refuseSecondKeys(application, mapping, await listKeys(statements, application.rowId));
      if (await isMapped(statements, mapping)) {
        throw new RestError('alreadyExists', `Consumer key ${consumerKey} is mapped already`);
      }
      return insertMapping(statements, application, mapping);
    }),
  );
};

/** @param wanted name or id; absent for the resident one */
const keyManagerNamed = async ({ apim, version }: DevportalContext, wanted: unknown): Promise<string> => {
  if (version !== '3.2.0' || typeof wanted !== 'string' || wanted === '') return residentName(version);
  const found = (await listKeyManagers(apim)).find(({ id, name }) => name === wanted || id === wanted);
  if (found?.enabled) return found.name;
  throw new RestError('badRequest', `Key Manager '${wanted}' is not registered`);
};

const residentClient = async (
  { apim }: DevportalContext,
  consumerKey: string,
  consumerSecret: string | null | undefined,
): Promise<OAuthClient> => {
  const client = await findClient(apim, consumerKey);
  if (client && client.consumerSecret === consumerSecret) return client;
  throw new RestError('badRequest', `The secret key is wrong for the given consumer key ${consumerKey}`);
};
