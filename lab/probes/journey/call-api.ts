import type { HttpClient } from '../http-client.ts';
import type { GatewayRoute } from './gateway-routes.ts';

/** How a gateway answered one call. */
export type ApiAnswer = {
  readonly status: number;
  /** Code of the fault in the body: 900803; undefined where there is none. */
  readonly code: number | undefined;
  /** When it says the quota is new, epoch milliseconds. */
  readonly retryAt: number | undefined;
  /** When the answer was there, epoch milliseconds. */
  readonly at: number;
};

/** What a caller shows: a token, or other headers; an empty token is none. */
export type Shown = string | Readonly<Record<string, string>>;

/** Calls an API through a gateway. @throws NoAnswer */
export const callApi = async (
  http: HttpClient,
  { origin }: GatewayRoute,
  path: string,
  shown: Shown,
): Promise<ApiAnswer> => {
  const { status, headers, body } = await http({
    url: origin + path,
    headers: headersOf(shown),
  });
  // Faults are XML or JSON, as the gateway likes (wire.md 3.4).
  const code = /<(?:\w+:)?code>(\d+)<|"code"\s*:\s*"?(\d+)/.exec(body);
  const retryAt = Date.parse(headers['retry-after'] ?? '');
  return {
    status,
    code: code ? Number(code[1] ?? code[2]) : undefined,
    retryAt: Number.isNaN(retryAt) ? undefined : retryAt,
    at: Date.now(),
  };
};

const headersOf = (shown: Shown): Readonly<Record<string, string>> => {
  if (typeof shown !== 'string') return shown;
  return shown === '' ? {} : { Authorization: `Bearer ${shown}` };
};

/** An answer in a few words. */
export const inWords = ({ status, code }: ApiAnswer): string =>
  code === undefined ? `${status}` : `${status} ${code}`;
