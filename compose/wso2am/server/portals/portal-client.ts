import { findClient, type OAuthClient } from '../keymanager/stores/clients.ts';
import { findOrRegisterClient } from '../keymanager/stores/register-client.ts';
import { retryWhenBeaten } from '../keymanager/stores/retry.ts';
import { SERVICES } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { findSystemApp, insertSystemApp } from './system-apps.ts';

/** Of the client that `AM_SYSTEM_APPS` names, whatever became of it; undefined before the first log-in. */
export const portalClientId = ({ keyManager, portal }: PortalContext): Promise<string | undefined> =>
  findSystemApp(keyManager.database, portal.client);

/** The portal's OAuth client; undefined before the first log-in, and where somebody deleted it. */
export const findPortalClient = async (context: PortalContext): Promise<OAuthClient | undefined> => {
  const id = await portalClientId(context);
  return id === undefined ? undefined : findClient(context.keyManager.database, id);
};

/**
 * The id of the portal's client, registered at the first log-in (wire.md 7.4). Of the nodes of a pair one registers it, and
 * both use it. Its callbacks are the URLs of then: a node that got another host name later does not match (configuration.md 9.3).
 */
export const ensurePortalClient = async (context: PortalContext): Promise<string> => {
  const { keyManager, portal, administrator, serverUrl } = context;
  return retryWhenBeaten(async () => {
    const known = await portalClientId(context);
    if (known !== undefined) return known;
    const callbacks = [SERVICES.afterLogIn, SERVICES.afterLogOut].map((path) => serverUrl + portal.context + path);
    const client = await findOrRegisterClient(keyManager.database, {
      name: `${administrator.replaceAll('/', '_')}_${portal.client}`,
      owner: administrator,
      callbackUrl: `regexp=(${callbacks.join('|')})`,
      grantTypes: ['authorization_code', 'refresh_token'],
      tokenType: 'DEFAULT',
      isSaas: true,
      userTokenValidity: keyManager.settings.userTokenValidity,
      applicationTokenValidity: keyManager.settings.applicationTokenValidity,
      refreshTokenValidity: keyManager.settings.refreshTokenValidity,
    });
    await insertSystemApp(keyManager.database, { ...client, name: portal.client });
    return client.consumerKey;
  });
};
