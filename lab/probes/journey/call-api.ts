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

/** Calls an API through a gateway. @throws NoAnswer */
export const callApi = async (
  http: HttpClient,
  { origin }: GatewayRoute,
  path: string,
  token: string,
): Promise<ApiAnswer> => {
  const { status, headers, body } = await http({
    url: origin + path,
    headers: token === '' ? {} : { Authorization: `Bearer ${token}` },
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

/** An answer in a few words. */
export const inWords = ({ status, code }: ApiAnswer): string =>
  code === undefined ? `${status}` : `${status} ${code}`;
