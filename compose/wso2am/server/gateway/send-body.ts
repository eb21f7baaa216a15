import type { ClientRequest, IncomingMessage } from 'node:http';

/** Whether a request announces a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;

/** Methods for which Node would announce a body unless told that there is none. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** How the body of a request is framed on its way on, beside the `Content-Length` that it may have: names and values in turn. */
export const bodyFraming = ({ method = 'GET', headers }: IncomingMessage): readonly string[] => {
  // Without it the body of a chunked GET would follow its headers bare, to be read as the next request.
  if ('transfer-encoding' in headers) return ['Transfer-Encoding', 'chunked'];
  return 'content-length' in headers || WITHOUT_BODY.has(method) ? [] : ['Content-Length', '0'];
};

/**
 * Streams the body of a request on, at the pace of the slower side. A back end that stops taking it, because it answered early
 * or failed, leaves the rest: that is read and thrown away, or the client's next request would never be read.
 */
export const sendBody = (request: IncomingMessage, upstream: ClientRequest): void => {
  if (!hasBody(request)) return void upstream.end();
  upstream.once('close', () => {
    if (request.readableEnded || request.destroyed) return;
    request.unpipe(upstream);
    request.resume();
  });
  request.pipe(upstream);
};
