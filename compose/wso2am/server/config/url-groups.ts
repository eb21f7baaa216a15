import type { Configuration, Reader } from './configuration.ts';
import { type Properties, replaceProperties } from './replace-properties.ts';

/** Traffic Managers that get the same event once: one of them, in turn or the first that answers. */
export type UrlGroup = {
  readonly type: 'failover' | 'loadbalance';
  readonly urls: readonly string[];
  /** Where `urls` log in; same number and order. */
  readonly authUrls: readonly string[];
};

/** Between the URLs of one group (configuration.md 5.6). */
const SEPARATORS = { failover: '|', loadbalance: ',' } as const;

/** This node's own receiver, when nothing is configured (configuration.md 5.6). */
const OWN_RECEIVER = `{tcp://\${carbon.local.ip}:\${receiver.url.port}}`;
const OWN_LOG_IN = `{ssl://\${carbon.local.ip}:\${auth.url.port}}`;

/**
 * Where a node sends its throttling events; every group gets every event (configuration.md 5.6). The texts `receiver_url`
 * and `receiver_auth_url` override `[[apim.throttling.url_group]]` completely; without both, the node's own receiver.
 */
export const receiverUrlGroups = (configuration: Configuration, properties: Properties): readonly UrlGroup[] => {
  const replace = (url: string): string => replaceProperties(url, properties);
  const tables = configuration.tables('apim.throttling.url_group').map(groupOf);
  const urls = configuration.optionalText('apim.throttling.receiver_url');
  const authUrls = configuration.optionalText('apim.throttling.receiver_auth_url');
  const groups =
    tables.length > 0 && urls === undefined
      ? tables
      : parseUrlGroups(urls ?? OWN_RECEIVER, authUrls ?? (urls === undefined ? OWN_LOG_IN : ''));
  return groups.map(({ type, urls, authUrls }) => ({ type, urls: urls.map(replace), authUrls: authUrls.map(replace) }));
};

/** The text the product renders into `api-manager.xml`: `{tcp://tm1:9611},{tcp://tm2:9611}`. */
export const renderUrlGroups = (groups: readonly UrlGroup[], which: 'urls' | 'authUrls'): string =>
  groups.map((group) => `{${group[which].join(SEPARATORS[group.type])}}`).join(',');

/** Any type that is not exactly `loadbalance`, also none, is failover. */
const groupOf = (table: Reader): UrlGroup => ({
  type: table.optionalText('type') === 'loadbalance' ? 'loadbalance' : 'failover',
  urls: table.list('traffic_manager_urls'),
  authUrls: table.has('traffic_manager_auth_urls') ? table.list('traffic_manager_auth_urls') : [],
});

/** Reads the rendered text back; one group may stand without braces. */
const parseUrlGroups = (receivers: string, logIns: string): readonly UrlGroup[] => {
  const authGroups = groupsIn(logIns);
  return groupsIn(receivers).map((group, index) => ({
    type: group.includes(SEPARATORS.loadbalance) ? 'loadbalance' : 'failover',
    urls: urlsIn(group),
    authUrls: urlsIn(authGroups[index] ?? ''),
  }));
};

/** `[^{}]` may not end at the `}` of a `${name}`, so those count as one. */
const groupsIn = (text: string): readonly string[] =>
  text.includes('{tcp') || text.includes('{ssl')
    ? Array.from(text.matchAll(/\{((?:\$\{[^}]*\}|[^{}])*)\}/g), ([, group]) => group ?? '')
    : [text].filter((group) => group.trim() !== '');

const urlsIn = (group: string): readonly string[] =>
  group
    .split(/[|,]/)
    .map((url) => url.trim())
    .filter((url) => url !== '');
