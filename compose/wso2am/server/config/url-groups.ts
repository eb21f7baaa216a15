import type { Configuration, Reader } from './configuration.ts';
import { type Properties, replaceProperties } from './replace-properties.ts';
import { UrlGroupError } from './url-group-error.ts';

/** Traffic Managers that get an event once between them: one in turn, or the first that answers. */
export type UrlGroup = {
  readonly type: 'failover' | 'loadbalance';
  readonly urls: readonly string[];
  /** Where `urls` log in; same number and order. */
  readonly authUrls: readonly string[];
};

/** Between the URLs of one group (configuration.md 5.6). */
const SEPARATORS = { failover: '|', loadbalance: ',' } as const;

/** This node's own receiver, when nothing is configured (configuration.md 5.6). */
const OWN: UrlGroup = {
  type: 'failover',
  urls: [`tcp://\${carbon.local.ip}:\${receiver.url.port}`],
  authUrls: [`ssl://\${carbon.local.ip}:\${auth.url.port}`],
};

/** A group in braces; a `${name}` that nobody replaced does not end it. */
const GROUP = /(?<!\$)\{((?:\$\{[^}]*\}|[^{}])*)\}/g;

/**
 * Where a node sends its throttling events; every group gets every event (configuration.md 5.6). The texts `receiver_url`
 * and `receiver_auth_url` override `[[apim.throttling.url_group]]`; without any of them it is the node itself.
 * @throws UrlGroupError
 */
export const receiverUrlGroups = (configuration: Configuration, properties: Properties): readonly UrlGroup[] => {
  const tables = configuration
    .tables('apim.throttling.url_group')
    .map((table) => groupOf(table, 'traffic_manager_urls', 'traffic_manager_auth_urls'));
  const groups = tables.length === 0 ? [OWN] : tables;
  const rendered = (key: string, which: 'urls' | 'authUrls'): string =>
    replaceProperties(
      configuration.optionalText(`apim.throttling.${key}`) ?? renderUrlGroups(groups, which),
      properties,
    );
  return parseUrlGroups(rendered('receiver_url', 'urls'), rendered('receiver_auth_url', 'authUrls'));
};

const HUB_GROUPS = 'apim.event_hub.publish.url_group';

/** Whether what the event hub tells gateways goes elsewhere than throttling events; new in 3.2.0 (configuration.md 5.7). */
export const hasHubUrlGroups = (configuration: Configuration): boolean =>
  configuration.version === '3.2.0' && configuration.has(HUB_GROUPS);

/** Where it goes. @throws UrlGroupError */
export const hubUrlGroups = (configuration: Configuration, properties: Properties): readonly UrlGroup[] => {
  const groups = configuration.tables(HUB_GROUPS).map((table) => groupOf(table, 'urls', 'auth_urls'));
  const rendered = (which: 'urls' | 'authUrls'): string =>
    replaceProperties(renderUrlGroups(groups, which), properties);
  return parseUrlGroups(rendered('urls'), rendered('authUrls'));
};

/** The text that stands in `api-manager.xml`: `{tcp://tm1:9611},{tcp://tm2:9611}`. */
export const renderUrlGroups = (groups: readonly UrlGroup[], which: 'urls' | 'authUrls'): string =>
  groups.map((group) => `{${group[which].join(SEPARATORS[group.type])}}`).join(',');

/** Any type that is not exactly `loadbalance`, none included, is failover. */
const groupOf = (table: Reader, urls: string, authUrls: string): UrlGroup => ({
  type: table.optionalText('type') === 'loadbalance' ? 'loadbalance' : 'failover',
  urls: table.list(urls),
  authUrls: table.has(authUrls) ? table.list(authUrls) : [],
});

/**
 * Reads the text back, as the event publisher does. A single group may stand without braces.
 * @throws UrlGroupError a group with separators of both kinds, or log-ins that do not go with the receivers (wire.md 5.2)
 */
const parseUrlGroups = (receivers: string, logIns: string): readonly UrlGroup[] => {
  const [groups, authGroups] = [groupsIn(receivers), groupsIn(logIns)];
  if (groups.length !== authGroups.length)
    throw new UrlGroupError(
      `${groups.length} receiver url groups (${receivers}) but ${authGroups.length} authentication url groups (${logIns})`,
    );
  return groups.map((group, index) => {
    const authGroup = authGroups[index] ?? '';
    const [type, authType] = [typeOf(group), typeOf(authGroup)];
    if (type !== authType && urlsIn(authGroup).length > 1)
      throw new UrlGroupError(`One of {${group}} and {${authGroup}} balances and the other fails over`);
    return { type, urls: urlsIn(group), authUrls: urlsIn(authGroup) };
  });
};

const groupsIn = (text: string): readonly string[] => {
  const groups = Array.from(text.matchAll(GROUP), ([, group]) => group ?? '');
  return groups.length === 0 ? [text] : groups;
};

/** A single URL is a group to fail over in. */
const typeOf = (group: string): UrlGroup['type'] => {
  const balances = group.includes(SEPARATORS.loadbalance);
  if (balances && group.includes(SEPARATORS.failover))
    throw new UrlGroupError(`{${group}} mixes the separators of load balance (,) and fail-over (|)`);
  return balances ? 'loadbalance' : 'failover';
};

const urlsIn = (group: string): readonly string[] =>
  group
    .split(/[|,]/)
    .map((url) => url.trim())
    .filter((url) => url !== '');
