import { randomUUID } from 'node:crypto';
import type { CarbonContext } from '../carbon/context.ts';
import { SUPER_TENANT_DOMAIN, SUPER_TENANT_ID } from '../carbon/user-store.ts';
import type { Reader } from '../config/configuration.ts';
import { replaceProperties } from '../config/replace-properties.ts';
import { upstreamAgent } from '../gateway/upstream-agent.ts';
import { postJson } from './post-json.ts';

/** The product's listener in `[[event_listener]]` that reports revocations (configuration.md 5.7). */
const LISTENER = 'org.wso2.is.notification.ApimOauthEventInterceptor';
const CLASS = 'org.wso2.is.notification.EventSender';

type ReportContext = Pick<CarbonContext, 'version' | 'configuration' | 'properties' | 'events' | 'log'>;

/**
 * Reports each token that a Key Manager of 3.2.0 revokes to the event hub of `notification_endpoint` (wire.md 4.3): in the
 * background, once, and whatever becomes of it. A node without the listener reports nothing.
 */
export const reportRevocations = (
  { version, configuration, properties, events, log }: ReportContext,
  trusted: readonly string[],
): void => {
  if (version !== '3.2.0') return;
  const listener = configuration.tables('event_listener').find((each) => each.optionalText('name') === LISTENER);
  const text = (key: string): string =>
    replaceProperties(listener?.optionalText(`properties.${key}`) ?? '', properties);
  const endpoint = text('notification_endpoint');
  if (listener === undefined || endpoint === '') return;
  const headers = { ...basic(text('username'), text('password')), ...headersOf(listener) };
  const agent = upstreamAgent(trusted);

  events.tokenRevoked.subscribe(({ token, tokenType, expiryTime, consumerKey, user }) => {
    // API keys are none of a Key Manager's tokens.
    if (tokenType === 'API_KEY') return;
    const event = {
      accessToken: token,
      expiryTime,
      user: withoutTenant(user),
      consumerKey,
      tokenType: tokenType === 'JWT' ? 'JWT' : 'Default',
      eventId: randomUUID(),
      timeStamp: Date.now(),
      type: 'token_revocation',
      tenantId: SUPER_TENANT_ID,
      tenantDomain: SUPER_TENANT_DOMAIN,
    };
    postJson({ url: endpoint, headers, body: event, agent }).catch((cause: unknown) =>
      log(CLASS).error(`Error while sending Revocation Event to ${endpoint}`, cause),
    );
  });
};

const basic = (username: string, password: string): Readonly<Record<string, string>> =>
  username === '' || password === ''
    ? {}
    : { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };

/** `'header.X-WSO2-KEY-MANAGER' = "default"`; the key is quoted for its dots, and may be without. */
const headersOf = (listener: Reader): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const [key, value] of listener.entries()) {
    const name = /^properties\.'?header\.([\w-]+)'?$/.exec(key)?.[1];
    if (name !== undefined) found[name] = String(value);
  }
  return found;
};

const withoutTenant = (user: string): string => user.replace(/@[^@]*$/, '');
