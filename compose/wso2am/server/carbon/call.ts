import type { IncomingMessage } from 'node:http';
import { activityIdOf } from './activity-id.ts';
import { readBody } from './read-body.ts';
import type { Call } from './web.ts';

/** Everything of a call but the path parameters, which the router adds. */
export type UnroutedCall = Omit<Call, 'params'>;

export type CallOptions = { readonly secure: boolean; readonly bodyLimit: number };

/** A request as endpoints see it. */
export const callOf = (request: IncomingMessage, options: CallOptions): UnroutedCall => {
  const { path, query } = splitTarget(request.url ?? '/');
  let reading: Promise<Buffer> | undefined;
  const body = (): Promise<Buffer> => {
    reading ??= readBody(request, options.bodyLimit);
    return reading;
  };
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    remoteAddress: plainAddress(request.socket.remoteAddress ?? ''),
    secure: options.secure,
    activityId: activityIdOf(request.headers),
    body,
    form: async () => new URLSearchParams((await body()).toString('utf8')),
  };
};

/** Path and query of a request target; of one in absolute form (`GET http://host/path`) as well. */
export const splitTarget = (target: string): { readonly path: string; readonly query: string } => {
  const origin = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = origin.indexOf('?');
  const path = mark === -1 ? origin : origin.slice(0, mark);
  return { path: path === '' ? '/' : path, query: mark === -1 ? '' : origin.slice(mark + 1) };
};

/** `::ffff:10.0.0.5` is how a dual-stack socket names an IPv4 peer. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
