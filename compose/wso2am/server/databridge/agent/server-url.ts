import { LISTENERS } from '../../../../../lab/product/ports.ts';
import { UrlGroupError } from '../../config/url-group-error.ts';
import type { UrlGroup } from '../../config/url-groups.ts';

/** Where a receiver listens: `tcp://tm:9611`, or `ssl://tm:9711` over TLS. */
export type ServerUrl = {
  /** As configured; what the log lines name. */
  readonly text: string;
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
};

/** One receiver: where events go, and where the log-in for them goes. */
export type Target = { readonly receiver: ServerUrl; readonly auth: ServerUrl };

/** From a receiver's port to that of its log-in, when none is configured (wire.md 5.1). */
const AUTH_DISTANCE = LISTENERS.databridgeTls.base - LISTENERS.databridge.base;

/**
 * The receivers of a group. Without auth URLs, each logs in on the same host, 100 ports above, over TLS (wire.md 5.1).
 * @throws UrlGroupError a URL that is none, or auth URLs of another number than the receiver URLs
 */
export const targetsOf = ({ urls, authUrls }: UrlGroup): readonly Target[] => {
  if (urls.length === 0) throw new UrlGroupError('A receiver url group has no URL');
  if (authUrls.length !== 0 && authUrls.length !== urls.length)
    throw new UrlGroupError(
      `${urls.length} receiver URLs (${urls.join()}) but ${authUrls.length} authentication URLs (${authUrls.join()})`,
    );
  return urls.map((url, index) => {
    const receiver = parseServerUrl(url);
    const auth = authUrls[index];
    return { receiver, auth: auth === undefined ? authUrlOf(receiver) : parseServerUrl(auth) };
  });
};

const authUrlOf = ({ host, port }: ServerUrl): ServerUrl => parseServerUrl(`ssl://${host}:${port + AUTH_DISTANCE}`);

const parseServerUrl = (text: string): ServerUrl => {
  const [, scheme, host, port] = /^(tcp|ssl):\/\/(\[[^\]]+\]|[^:/]+):(\d{1,5})\/?$/i.exec(text) ?? [];
  if (scheme === undefined || host === undefined || Number(port) > 65_535)
    throw new UrlGroupError(`${text} is no URL of a receiver: tcp://host:port or ssl://host:port`);
  return { text, secure: scheme.toLowerCase() === 'ssl', host, port: Number(port) };
};
