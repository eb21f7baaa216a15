import type { Server as HttpServer, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Limits of the servlet transport. Tomcat's own values where the product's `catalina-server.xml` leaves them: header
 * lines of 8 KB in all, 20 s for a request to begin, and for a kept connection to be used again.
 */
export const SERVLET_LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 20_000,
  /** Bounds a client that sends its body drop by drop. */
  requestTimeout: 120_000,
  keepAliveTimeout: 20_000,
  /** How often the two times above are looked at; Node's own 30 s would more than double them. */
  connectionsCheckingInterval: 5_000,
} as const satisfies ServerOptions;

/** Limits of the API transport: JWTs with many subscriptions make long headers (wire.md 1.4). */
export const PASSTHROUGH_LIMITS = {
  ...SERVLET_LIMITS,
  maxHeaderSize: 64 * 1024,
  /** Uploads through a gateway may take long; a silent client is bounded by the upstream's time-out instead. */
  requestTimeout: 600_000,
} as const satisfies ServerOptions;

/** Bytes that the body of a request to an endpoint may have. */
export const BODY_LIMIT = 10 * 1024 * 1024;

/** Answers what is no HTTP at all, has too long headers, or took too long, in one line; then closes. */
export const refuseMalformed = (server: HttpServer): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
};
