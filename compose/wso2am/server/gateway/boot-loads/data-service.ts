import type { CarbonContext } from '../../carbon/context.ts';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { replaceProperties } from '../../config/replace-properties.ts';

/** The web application that a gateway loads from, and what each request to it carries. */
export type DataService = {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Where the gateway loads from: `/throttle/data/v1` of the Key Manager, from 3.2.0 on `/internal/data/v1` of the event hub
 * (wire.md 5.11).
 * @throws ConfigurationError
 */
export const dataService = ({
  version,
  configuration,
  properties,
}: Pick<CarbonContext, 'version' | 'configuration' | 'properties'>): DataService => {
  const text = (key: string): string => replaceProperties(configuration.text(key), properties);
  if (version !== '3.2.0') {
    const credentials = `${text('apim.key_manager.username')}:${text('apim.key_manager.password')}`;
    return {
      baseUrl: `${hostOf(text('apim.key_manager.service_url'))}/throttle/data/v1`,
      headers: { Authorization: basic(credentials) },
    };
  }
  // The product reads these two as they are written: `${admin.username}` stays what it is (configuration.md 4.3).
  const credentials = `${configuration.text('apim.event_hub.username')}:${configuration.text('apim.event_hub.password')}`;
  return {
    baseUrl: `${hostOf(text('apim.event_hub.service_url'))}/internal/data/v1`,
    headers: { Authorization: basic(credentials), xWSO2Tenant: SUPER_TENANT_DOMAIN },
  };
};

/** The text before `/services` (configuration.md 5.6). */
const hostOf = (serviceUrl: string): string => serviceUrl.replace(/\/services\/?$/, '').replace(/\/$/, '');

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;
